import type { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import type { WhmCredential } from '../input/credentials';
import { foreignJson, isRecord, parseJson, readJson, texts } from '../response/json';
import { familyOf, refusal, wordsOf } from '../response/refusal';
import type { Subject } from '../response/refusal';
import { NOTHING_MORE_SENT, signInRefusal } from '../response/signInRefusal';
import type { SignInWords } from '../response/signInRefusal';
import { acceptedAnswer } from '../response/verdict';
import type { CallContext } from '../response/verdict';
import { whmHeaders } from './authorization';
import type { Arguments, Channel } from './send';
import { subjectOf, readMatchedResponse, sendCall } from './send';
import { nameOf, readEnvelope, secretsOf } from './uapi';
import type { UapiCall, UapiResult } from './uapi';

/** The parts of WHM's envelope that matter. */
interface WhmResult {
	data: Record<string, unknown>;
	metadata: Record<string, unknown>;
}

/**
 * Judges the answer of a call of WHM API 1: `{metadata: {result, reason}, data}`. A refusal has `result: 0`
 * and its reason; the older API says no in `cpanelresult` or with a `data.result` of 0 (protocol.md, 6).
 *
 * @throws {CpanelError} of kind `refusal` with WHM's own words, `credential` for a refused sign-in, `answer` for
 * everything that is no answer of WHM's
 */
export function readWhmAnswer(response: HttpResponse, context: CallContext): WhmResult {
	const { host } = new URL(context.url);
	const reasoned = reasonedDenial(response, context);
	if (reasoned !== undefined) throw reasoned;
	const answer = acceptedAnswer(response, context);
	const parsed = readJson(answer, host);
	const { metadata, data, cpanelresult } = isRecord(parsed) ? parsed : {};
	if (isRecord(metadata) && 'result' in metadata) {
		if (Number(metadata.result) === 1) return { data: isRecord(data) ? data : {}, metadata };
		throw whmRefusal(metadata.reason, answer.status, context);
	}
	if (isRecord(cpanelresult)) {
		const told = acceptedByOldApi(cpanelresult);
		if (told !== undefined) return { data: told, metadata: {} };
		throw whmRefusal(cpanelresult.error, answer.status, context);
	}
	if (isRecord(data) && Number(data.result) === 0) {
		throw whmRefusal(data.reason, answer.status, context);
	}
	throw foreignJson(host, 'WHM', answer.status);
}

/** What the older API says where it says yes: data without a result, and no error (protocol.md, 6). */
function acceptedByOldApi({
	error,
	data,
}: Record<string, unknown>): Record<string, unknown> | undefined {
	const isAccepted = error === undefined && isRecord(data) && !('result' in data);
	return isAccepted ? data : undefined;
}

/** A 403 for which WHM gives its reason may be about the account that is asked for, and not about who asks. */
function reasonedDenial(
	{ status, body }: HttpResponse,
	context: CallContext,
): CpanelError | undefined {
	const parsed = status === 403 ? parseJson(body) : undefined;
	const metadata = isRecord(parsed) ? parsed.metadata : undefined;
	return isRecord(metadata) ? whmRefusal(metadata.reason, status, context) : undefined;
}

/** “Access denied” is about who asks, whatever it comes in (protocol.md, 6). */
function whmRefusal(reason: unknown, status: number, context: CallContext): CpanelError {
	const listed = texts(reason);
	const words = wordsOf(listed, context.secrets);
	if (familyOf(words) !== 'access') return refusal(listed, status, { by: 'WHM', ...context });
	const { host } = new URL(context.url);
	const details = `WHM refused ${context.function}: ${words}`;
	return signInRefusal({ status, body: words }, host, context.signIn, details);
}

/** A function of WHM API 1 and its arguments. */
interface WhmCall extends Arguments {
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
	const { identify } = call;
	if (identify === undefined) return read();
	return readMatchedResponse(channel, response, context.url, read, ({ data }) => identify(data));
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
		{ ...subjectOf(call), account },
	);
	const read = (): UapiResult =>
		readEnvelope(readWhmAnswer(response, context).data.uapi, response.status, context);
	const { identify } = call;
	if (identify === undefined) return read();
	return readMatchedResponse(channel, response, context.url, read, ({ data }) =>
		identify(data, account),
	);
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
		signIn: CREDENTIAL_REFUSED,
		about,
		through: 'WHM',
	};
	return { response, context };
}

const CREDENTIAL_REFUSED: SignInWords = {
	kind: 'credential',
	subject: 'the credential',
	// a wrong token gets the same 403 as one that lacks a privilege (protocol.md, 6)
	hint: `Check the user name and API token in the credential: the token may be wrong or have expired. A token that was created in cPanel belongs in a “cPanel API” credential. If all of that is right, the token or its user lacks the privilege for this. ${NOTHING_MORE_SENT}`,
};
