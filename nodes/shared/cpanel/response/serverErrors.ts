import { CpanelError } from '../../errors';
import { SERVICE_PORTS } from '../input/server';

/** An account or an address that was locked out; each further try prolongs the lock. */
export function lockedOut(httpStatus: number): CpanelError {
	return new CpanelError(
		'credential',
		'The server has locked this account or the address of n8n out',
		{
			hint: 'Too many sign-ins were refused. Do not try again for some minutes: each try prolongs the lock. The hosting provider can lift it (cPHulk in WHM).',
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
				? 'Wait a while, then run what is missing with fewer items at a time or a lower “Max Concurrency” under “Options”.'
				: 'It may be overloaded, restarting or under maintenance. Run the item again later.',
		httpStatus,
		retryAfter,
	});
}

/** Without a license cPanel answers everything with a page about that. */
export function licenseExpired(host: string, httpStatus: number): CpanelError {
	return new CpanelError('answer', `The cPanel license of ${host} has expired`, {
		hint: 'Only the hosting provider can renew it. cPanel answers nothing until then.',
		httpStatus,
	});
}

/** The next step where something else than cPanel answered. */
export const CHECK_SERVER_AND_PORT = `Check that the server and port are those of cPanel: ${SERVICE_PORTS}.`;

/** The next step where cPanel failed at something. */
export const ASK_FOR_LOG =
	'Run the item again later. If it keeps happening, ask the hosting provider to look at cPanel’s log.';
