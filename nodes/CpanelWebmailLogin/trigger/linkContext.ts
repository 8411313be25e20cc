import type { IWebhookFunctions } from 'n8n-workflow';

import type { AccessLink } from '../../shared/accessLink/accessLink';
import { readKeyring } from '../../shared/accessLink/keys';
import { OpeningCounter } from '../../shared/accessLink/OpeningCounter';
import type { Account } from '../../shared/cpanel/api/uapi';
import type { Channel } from '../../shared/cpanel/api/send';
import { createWebmailSessionForMailUser } from '../../shared/cpanel/functions/webmailSession';
import type { IpAddress } from '../../shared/cpanel/input/ipAddress';
import type { LoginTicket } from '../../shared/cpanel/input/loginTicket';
import type { Mailbox } from '../../shared/cpanel/input/mailbox';
import { parseUrl } from '../../shared/cpanel/input/host';
import { CpanelError } from '../../shared/errors';
import { openTransport } from '../../shared/http/openTransport';
import { refusedCredentials } from '../../shared/n8n/lockout/recentRefusals';
import { SignInGate } from '../../shared/n8n/lockout/SignInGate';
import { openAccounts } from '../../shared/n8n/openAccounts';
import { formParameters } from '../../shared/n8n/parameters';
import type { PageChoices } from '../page/renderPage';
import { fields } from './fields';
import type { LinkContext } from './serveLink';
import { BUILT_IN_PAGE, readAccessPage, readSettings } from './settings';
import type { TriggerSettings } from './settings';

/** Over all clicks of this process; nothing else lasts from one click to the next. */
const counter = new OpeningCounter();
/** What the log was told, so that clicks do not fill it: once per trigger in the ten minutes of a counter. */
const warnings = new OpeningCounter();
const gate = new SignInGate(refusedCredentials);

/**
 * How long a click may wait in the queue, in milliseconds. Together with the time for cPanel, which is 20 s unless
 * told, that is the minute after which the proxies in front of n8n give up. Whoever gives cPanel more time has proxies
 * that wait longer, and a queue that moves more slowly: a click may wait twice that time.
 */
const queueTimeout = (timeout: number): number => Math.max(40_000, 2 * timeout);

/** How long the log-out at the end may take, in milliseconds. */
const LOG_OUT_TIMEOUT = 10_000;

/** What one request is served with, and what is left to do once it was answered. */
interface OpenedLinkContext extends LinkContext {
	/** Gives back what was opened at the server. Never rejects. */
	close: () => Promise<void>;
}

/**
 * Makes the context that one request is served with. Reads the access link credential, and nothing else of the trigger
 * before it is needed: its parameters for a link whose signature is right, the cPanel credential for a click.
 *
 * @throws {CpanelError} of kind `input` where the access link credential is not usable; then no link can be checked
 */
export async function createLinkContext(context: IWebhookFunctions): Promise<OpenedLinkContext> {
	const item = formParameters(context, fields);
	const stored = await context.getCredentials('cpanelAccessLinkApi');
	const keyring = readKeyring(stored);
	let close = async (): Promise<void> => {};
	const { id: workflowId } = context.getWorkflow();
	const { id: nodeId } = context.getNode();
	let page: PageChoices | undefined;

	const open: LinkContext['open'] = async (link, mailbox, visitor, settings) => {
		// the gate keeps the same memory of refused credentials
		const accounts = await openAccounts(context, item.text('authentication'), { isGuarded: false });
		const { credentialKey, allowUnauthorizedCerts, certificateSwitch } = accounts;
		const channelUntil = (timeout: number, cancelSignal?: AbortSignal): Channel => ({
			transport: openTransport(context.helpers, {
				allowUnauthorizedCerts,
				keepConnections: false,
				cancelSignal,
			}),
			timeout,
			certificateSwitch,
		});
		close = async () => await accounts.close(channelUntil(LOG_OUT_TIMEOUT));
		const queueDeadline = AbortSignal.timeout(queueTimeout(settings.timeout));
		return await gate.pass(credentialKey, queueDeadline, async () => {
			const deadline = AbortSignal.timeout(settings.timeout);
			const channel = channelUntil(settings.timeout, deadline);
			try {
				// the trigger has no field for an account: with WHM, the owner of the domain is looked up
				const account = accounts.owning(mailbox.domain, { ...item, locator: () => '' });
				return await openMailbox(channel, account, mailbox, link, visitor, settings);
			} catch (error) {
				throw isTooLate(error, deadline) ? tooLate(settings.timeout) : error;
			}
		});
	};

	return {
		keyring,
		ownOrigin: originOf(stored.address),
		warn: (message) => {
			const { name } = context.getNode();
			if (warnings.open(`${workflowId}/${nodeId}`, 1) === 0) {
				context.logger.warn(`“${name}”: ${message}`);
			}
		},
		get page() {
			return (page ??= pageOf(item));
		},
		timeZone: context.getTimezone(),
		settings: () => readSettings(item),
		counter,
		counterKey: ({ id }: AccessLink) => `${workflowId}/${nodeId}/${id}`,
		now: () => Date.now(),
		open,
		close: async () => await close(),
	};
}

/** Of an address that may be anything: a trigger works without. */
function originOf(address: unknown): string | undefined {
	return typeof address === 'string' ? parseUrl(address.trim())?.origin : undefined;
}

/** A page that somebody needs is shown in any case; publishing checks what was chosen for it. */
function pageOf(item: ReturnType<typeof formParameters>): PageChoices {
	try {
		return readAccessPage(item);
	} catch {
		return BUILT_IN_PAGE;
	}
}

/** What was cut off at the deadline looks as if the execution had been stopped. */
function isTooLate(error: unknown, deadline: AbortSignal): boolean {
	return deadline.aborted && error instanceof CpanelError && error.kind === 'connection';
}

function tooLate(timeout: number): CpanelError {
	return new CpanelError(
		'connection',
		`cPanel did not create a session within ${timeout / 1000} s`,
		{
			hint: 'Raise “Timeout” under “Options” if the server is slow.',
		},
	);
}

/**
 * Makes a session for the mailbox of a link, for the address of whoever opened it. cPanel documents IPv4 addresses only
 * (protocol.md, 2): where it refuses an IPv6 address, it is asked once more without.
 *
 * @throws {CpanelError}
 */
async function openMailbox(
	channel: Channel,
	account: Account,
	mailbox: Mailbox,
	{ locale }: AccessLink,
	visitor: IpAddress | undefined,
	{ webmailHost }: Pick<TriggerSettings, 'webmailHost'>,
): Promise<LoginTicket> {
	const create = async (remoteAddress?: string) =>
		await createWebmailSessionForMailUser(channel, account, mailbox, { locale, remoteAddress });
	const { host, token, session } = await create(visitor?.text).catch(async (error: unknown) => {
		const mayBeTheAddress = error instanceof CpanelError && error.kind === 'refusal';
		if (visitor?.isIpv6 === true && mayBeTheAddress) return await create();
		throw error;
	});
	return { host: webmailHost ?? host, token, session };
}
