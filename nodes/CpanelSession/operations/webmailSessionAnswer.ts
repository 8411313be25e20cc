import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { loginUrl, webmailHostText } from '../../shared/cpanel/functions/webmailSession';
import type { SessionChoices, WebmailSession } from '../../shared/cpanel/functions/webmailSession';
import { parseHost } from '../../shared/cpanel/input/host';
import type { Host } from '../../shared/cpanel/input/host';
import { normalizeLocale } from '../../shared/cpanel/input/locale';
import { parseRemoteAddress } from '../../shared/cpanel/input/remoteAddress';
import { WEBMAIL_PORT } from '../../shared/cpanel/input/server';
import type { ItemAnswer } from '../../shared/n8n/batch/runItems';
import { locatorParameter, textParameter } from '../../shared/n8n/parameters';

const IPV6_WARNING =
	'“Remote Address” is an IPv6 address, and cPanel documents IPv4 only. If Webmail refuses the session, leave the field empty or give an IPv4 address.';

export interface WebmailSessionChoices extends SessionChoices {
	/** Where Webmail is, in place of what cPanel says. */
	webmailHost?: Host;
	warnings: string[];
}

/** Reads the options that the three Webmail operations have in common. */
export function readSessionChoices(
	context: IExecuteFunctions,
	itemIndex: number,
): WebmailSessionChoices {
	const remote = parseRemoteAddress(textParameter(context, 'options.remoteAddress', itemIndex));
	const webmailHost = textParameter(context, 'options.webmailHost', itemIndex);
	return {
		locale: normalizeLocale(locatorParameter(context, 'options.locale', itemIndex)),
		remoteAddress: remote?.address,
		...(webmailHost.trim() !== '' && {
			webmailHost: parseHost(webmailHost, WEBMAIL_PORT, 'Webmail Host'),
		}),
		warnings: remote?.isIpv6 === true ? [IPV6_WARNING] : [],
	};
}

/** The output of the three Webmail operations: cPanel's own fields, and what the login needs. */
export function webmailSessionAnswer(
	session: WebmailSession,
	choices: WebmailSessionChoices,
	email?: string,
): ItemAnswer {
	const host = choices.webmailHost ?? session.host;
	return {
		json: {
			...(session.data as IDataObject),
			host: webmailHostText(host),
			loginUrl: loginUrl({ ...session, host }),
			...(email !== undefined && { email }),
		},
		warnings: [...choices.warnings, ...elsewhere(session, choices), ...session.warnings],
	};
}

/** cPanel decides where a session is posted to; whoever configured one server should know of the other. */
function elsewhere(
	{ host, answeredBy }: WebmailSession,
	{ webmailHost }: WebmailSessionChoices,
): string[] {
	if (webmailHost !== undefined || host.name === answeredBy.name) return [];
	return [
		`cPanel says that this mailbox is on ${webmailHostText(host)}, so the session will be posted there and not to ${answeredBy.name}. If that is not right, name the server under “Webmail Host” in “Options”.`,
	];
}
