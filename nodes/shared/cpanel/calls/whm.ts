import type { HttpResponse } from '../../http/HttpTransport';
import type { CallContext } from '../answers/accepted';
import type { Subject } from '../answers/refusal';
import { NOTHING_MORE_SENT } from '../answers/signInRefusal';
import type { SignInWords } from '../answers/signInRefusal';
import { readEnvelope } from '../answers/uapi';
import type { UapiResult } from '../answers/uapi';
import { readWhmAnswer } from '../answers/whm';
import type { WhmResult } from '../answers/whm';
import type { WhmCredential } from '../input/credentials';
import { aboutOf } from './about';
import { whmHeaders } from './authorization';
import type { Channel } from './exchange';
import { readOwn } from './readOwn';
import { sendCall } from './send';
import type { Arguments } from './send';
import { nameOf, secretsOf } from './uapi';
import type { UapiCall } from './uapi';

/** A function of WHM API 1 and its arguments. */
export interface WhmCall extends Arguments {
	function: string;
}

/**
 * Calls WHM API 1 as the user of a credential (protocol.md, 6).
 *
 * @throws {CpanelError} see {@link readWhmAnswer}, and of kind `connection`
 */
export async function callWhm(
	channel: Channel,
	credential: WhmCredential,
	call: WhmCall,
): Promise<WhmResult> {
	const { response, context } = await send(channel, credential, call, call.function);
	const read = (): WhmResult => readWhmAnswer(response, context);
	const { findOwner } = call;
	if (findOwner === undefined) return read();
	return readOwn(channel, response, context.url, read, ({ data }) => findOwner(data));
}

/**
 * Calls UAPI as one of the accounts that a user of WHM may act for: `uapi_cpanel`. WHM's own result is 1 also
 * where UAPI refused, so both are judged (protocol.md, 6).
 *
 * @param account name of the cPanel account
 * @throws {CpanelError} see {@link readWhmAnswer} and `readUapiAnswer`, and of kind `connection`
 */
export async function callUapiThroughWhm(
	channel: Channel,
	credential: WhmCredential,
	account: string,
	call: UapiCall,
): Promise<UapiResult> {
	const { response, context } = await send(
		channel,
		credential,
		{
			...call,
			function: 'uapi_cpanel',
			arguments: {
				'cpanel.user': account,
				'cpanel.module': call.module,
				'cpanel.function': call.function,
				...call.arguments,
			},
		},
		nameOf(call),
		{ ...aboutOf(call), account },
	);
	const read = (): UapiResult =>
		readEnvelope(readWhmAnswer(response, context).data.uapi, response.status, context);
	const { findOwner } = call;
	if (findOwner === undefined) return read();
	return readOwn(channel, response, context.url, read, ({ data }) => findOwner(data, account));
}

async function send(
	channel: Channel,
	credential: WhmCredential,
	call: WhmCall,
	name: string,
	about: Subject = {},
): Promise<{ response: HttpResponse; context: CallContext }> {
	const url = `${credential.server.origin}/json-api/${call.function}`;
	const response = await sendCall(channel, url, whmHeaders(credential), {
		...call,
		arguments: { 'api.version': '1', ...call.arguments },
	});
	const context: CallContext = {
		url,
		function: name,
		secrets: [credential.apiToken, ...secretsOf(call)],
		signIn: REFUSED,
		about,
		through: 'WHM',
	};
	return { response, context };
}

const REFUSED: SignInWords = {
	kind: 'credential',
	subject: 'the credential',
	// a wrong token gets the same 403 as one that lacks a privilege (protocol.md, 6)
	hint: `Check user name and API token in the credential: the token may be wrong or have expired. A token that was created in cPanel belongs in a “cPanel API” credential. If all of that is right, the token or its user lacks the privilege for this. ${NOTHING_MORE_SENT}`,
};
