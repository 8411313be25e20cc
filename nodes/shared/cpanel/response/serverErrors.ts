import { CpanelError } from '../../errors';
import { SERVICE_PORTS } from '../input/host';

/** An account or an address that was locked out; each further try prolongs the lock. */
export function lockedOut(httpStatus: number): CpanelError {
	return new CpanelError(
		'credential',
		'The server has locked out this account or the address of n8n',
		{
			hint: 'Too many sign-ins were refused. Wait several minutes before you try again: each attempt extends the lockout. The hosting provider can lift it (cPHulk in WHM).',
			httpStatus,
		},
	);
}

/** A server, or what stands in front of it, that did not handle a request now. */
export function busy(
	message: string,
	httpStatus: number,
	retryAfter: number | undefined,
): CpanelError {
	return new CpanelError('busy', message, {
		hint:
			httpStatus === 429
				? 'Wait a while, then run the missing items again with fewer items at a time or a lower “Max Concurrency” under “Options”.'
				: 'It may be overloaded, restarting or under maintenance. Run the item again later.',
		httpStatus,
		retryAfter,
	});
}

/** Without a license cPanel answers everything with a page about that. */
export function licenseExpired(host: string, httpStatus: number): CpanelError {
	return new CpanelError('answer', `The cPanel license of ${host} has expired`, {
		hint: 'Only the hosting provider can renew it. Until then, cPanel does not answer.',
		httpStatus,
	});
}

/** The next step where something else than cPanel answered. */
export const CHECK_SERVER_AND_PORT = `Check that the server and port belong to cPanel: ${SERVICE_PORTS}.`;

/** The next step where cPanel failed at something. */
export const ASK_FOR_LOG =
	'Run the item again later. If it keeps happening, ask the hosting provider to look at cPanel’s log.';
