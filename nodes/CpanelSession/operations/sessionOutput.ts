import type { IDataObject } from 'n8n-workflow';

import type { SessionOptions, WebmailSession } from '../../shared/cpanel/functions/webmailSession';
import { cleanPasted } from '../../shared/cpanel/input/characters';
import { WEBMAIL_PORT, parseHostOrUrl, webmailHostText } from '../../shared/cpanel/input/host';
import type { Host } from '../../shared/cpanel/input/host';
import { normalizeLocale } from '../../shared/cpanel/input/locale';
import { parseRemoteAddress } from '../../shared/cpanel/input/ipAddress';
import type { ItemAnswer } from '../../shared/n8n/batch/ItemPlan';
import type { ParameterReader } from '../../shared/n8n/parameters';

const IPV6_WARNING =
	'“Remote Address” is an IPv6 address, but cPanel documents IPv4 only. If Webmail refuses the session, leave the field empty or give an IPv4 address.';

/** Fields of {@link webmailSessionAnswer} that open a mailbox. */
export const sensitiveSessionOutput = ['session', 'token'];

interface WebmailOptions extends SessionOptions {
	/** Where Webmail is, in place of what cPanel says. */
	webmailHost?: Host;
	warnings: string[];
}

/** Reads the options that the three Webmail operations have in common. */
export function readWebmailOptions(item: ParameterReader): WebmailOptions {
	const remote = parseRemoteAddress(item.joined('remoteAddress'));
	const webmailHost = item.text('options.webmailHost');
	return {
		locale: normalizeLocale(item.locator('options.locale')),
		remoteAddress: remote?.address,
		...(cleanPasted(webmailHost) !== '' && {
			webmailHost: parseHostOrUrl(webmailHost, WEBMAIL_PORT, 'Webmail Host'),
		}),
		warnings: remote?.isIpv6 === true ? [IPV6_WARNING] : [],
	};
}

/**
 * The output of the three Webmail operations, in the order of use: whose it is, what the login needs, and the rest.
 * Nothing else of the answer goes on: later nodes read `email` and others by default, and a server has no say in those.
 */
export function webmailSessionAnswer(
	session: WebmailSession,
	options: WebmailOptions,
	email?: string,
): ItemAnswer {
	const host = options.webmailHost ?? session.host;
	const { session: name, token, hostname } = session.data;
	const json: IDataObject = {
		...(email !== undefined && { email }),
		host: webmailHostText(host),
		session: name,
		token,
		hostname,
	};
	return {
		items: [{ json }],
		warnings: [...options.warnings, ...elsewhere(session, options), ...session.warnings],
	};
}

/**
 * cPanel decides where a session is posted to; whoever configured one server should know of the other, which may be on
 * the same host: another port is another service, and not always of the same owner.
 */
function elsewhere(
	{ host, answeredBy, isNamed }: WebmailSession,
	{ webmailHost }: WebmailOptions,
): string[] {
	const usual = answeredBy.name;
	if (webmailHost !== undefined || !isNamed || webmailHostText(host) === usual) return [];
	return [
		`cPanel reports that this mailbox is on ${webmailHostText(host)}, so the session will be sent there and not to ${usual}. If that is wrong, enter the server under “Webmail Host” in “Options”.`,
	];
}
