import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { normalizeLocale } from '../../shared/cpanel/locale';
import { parseRemoteAddress } from '../../shared/cpanel/remoteAddress';
import { loginUrl, webmailHostText } from '../../shared/cpanel/webmailSession';
import type { SessionChoices, WebmailSession } from '../../shared/cpanel/webmailSession';
import { locatorParameter, textParameter } from '../../shared/n8n/parameters';
import type { ItemAnswer } from '../../shared/n8n/runItems';

const IPV6_WARNING =
	'“Remote Address” is an IPv6 address, and cPanel documents IPv4 only. If Webmail refuses the session, leave the field empty or give an IPv4 address.';

export interface WebmailSessionChoices extends SessionChoices {
	warnings: string[];
}

/** Reads the options that the three Webmail operations have in common. */
export function readSessionChoices(
	context: IExecuteFunctions,
	itemIndex: number,
): WebmailSessionChoices {
	const remote = parseRemoteAddress(textParameter(context, 'options.remoteAddress', itemIndex));
	return {
		locale: normalizeLocale(locatorParameter(context, 'options.locale', itemIndex)),
		remoteAddress: remote?.address,
		warnings: remote?.isIpv6 === true ? [IPV6_WARNING] : [],
	};
}

/** The output of the three Webmail operations: cPanel's own fields, and what the login needs. */
export function webmailSessionAnswer(
	session: WebmailSession,
	choices: WebmailSessionChoices,
	email?: string,
): ItemAnswer {
	return {
		json: {
			...(session.data as IDataObject),
			host: webmailHostText(session.host),
			loginUrl: loginUrl(session),
			...(email !== undefined && { email }),
		},
		warnings: [...choices.warnings, ...session.warnings],
	};
}
