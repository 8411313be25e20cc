import type { HttpResponse } from '../http/HttpTransport';
import { parseEnvelope } from './envelope';
import type { Envelope } from './envelope';
import { isRecord, texts } from './json';
import { ownWords, refusal } from './refusal';
import { refusesSignIn, signInRefusal } from './signInRefusal';
import type { SignInWords } from './signInRefusal';
import { judgePage, judgeStatus } from './unusableAnswers';

/** The part of UAPI's envelope that matters. */
export interface UapiResult {
	data: unknown;
	metadata: Record<string, unknown>;
	warnings: string[];
}

/** What the judgment needs to know of the call. */
export interface CallContext {
	/** URL of the request, for the name of its host. */
	url: string;
	/** `Module::function`, for messages. */
	function: string;
	/** Everything secret that was sent, to keep it out of cPanel's own words. */
	secrets: readonly string[];
	/** What a refused sign-in means here. */
	signIn: SignInWords;
}

/**
 * Judges the answer of a UAPI call. Over HTTP cPanel sends `{status, data, errors, …}`; its documentation
 * prints the same inside `result`. Both are read. A refusal comes with HTTP 200 and `status: 0`; a refused
 * sign-in comes as a 401, or as a login page, also with HTTP 200 (protocol.md, 1.1 and 1.2).
 *
 * @throws {CpanelError} of kind `refusal` with cPanel's own words for `status: 0`, `credential` or `signIn`
 * for a refused sign-in, `answer` for everything that is no answer of UAPI's
 */
export function readUapiAnswer(response: HttpResponse, context: CallContext): UapiResult {
	const answer = acceptedAnswer(response, context);
	return judgeEnvelope(parseEnvelope(answer, new URL(context.url).host), response.status, context);
}

/**
 * The answer of a server that accepted the caller, without its byte order mark.
 *
 * @throws {CpanelError} of kind `credential` or `signIn` for a refused sign-in, `answer` for what its status
 * or its being a page shows to be something else
 */
export function acceptedAnswer(
	response: HttpResponse,
	{ url, signIn }: Pick<CallContext, 'url' | 'signIn'>,
): HttpResponse {
	const answer = { ...response, body: response.body.replace(/^\uFEFF/, '') };
	const unusable = judgeStatus(answer, url) ?? judgePage(answer, url);
	if (unusable !== undefined) throw unusable;
	if (refusesSignIn(answer)) throw signInRefusal(answer, new URL(url).host, signIn);
	return answer;
}

/** @throws {CpanelError} of kind `refusal` unless its status is 1 */
export function judgeEnvelope(
	envelope: Envelope,
	httpStatus: number,
	context: CallContext,
): UapiResult {
	if (Number(envelope.status) !== 1) {
		throw refusal(texts(envelope.errors), httpStatus, { by: 'cPanel', ...context });
	}
	return {
		data: envelope.data,
		metadata: isRecord(envelope.metadata) ? envelope.metadata : {},
		warnings: texts(envelope.warnings).map((text) => ownWords(text, context.secrets)),
	};
}
