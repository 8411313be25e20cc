import type { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import type { Host } from '../input/host';
import type { LoggedInSession } from '../input/sessionUrl';
import { isVerdict } from '../response/intermediary';
import { foreignJson, isRecord, readJson, texts } from '../response/json';
import { ownWords, receivedSecrets } from '../response/quote';
import { familyOf, refusal, wordsOf } from '../response/refusal';
import { signInRefusal } from '../response/signInRefusal';
import type { SignInWords } from '../response/signInRefusal';
import { acceptedAnswer } from '../response/verdict';
import type { CallContext } from '../response/verdict';
import type { Arguments, Channel } from './send';
import { subjectOf, readMatchedResponse, sendCall } from './send';

/** The fields of a UAPI answer, wherever the server put them. */
interface Envelope {
	status: unknown;
	data?: unknown;
	errors?: unknown;
	/** Of a sign-in that was refused in place of a call. */
	message?: unknown;
	warnings?: unknown;
	metadata?: unknown;
}

/** The part of UAPI's envelope that matters. */
export interface UapiResult {
	data: unknown;
	metadata: Record<string, unknown>;
	warnings: string[];
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
	return readEnvelope(readJson(answer, new URL(context.url).host), answer.status, context);
}

/**
 * Judges what UAPI says, wherever it was found: WHM passes it on inside an answer of its own.
 *
 * @param parsed the JSON that should be UAPI's
 * @throws {CpanelError} of kind `refusal` unless its status is 1, `answer` for JSON of something else
 */
export function readEnvelope(
	parsed: unknown,
	httpStatus: number,
	context: CallContext,
): UapiResult {
	const envelope = envelopeIn(parsed);
	if (envelope === undefined) throw foreignJson(new URL(context.url).host, 'UAPI', httpStatus);
	if (Number(envelope.status) !== 1) throw uapiRefusal(envelope, httpStatus, context);
	const secrets = [...context.secrets, ...receivedSecrets(envelope.data)];
	return {
		data: envelope.data,
		metadata: isRecord(envelope.metadata) ? envelope.metadata : {},
		warnings: texts(envelope.warnings)
			.map((text) => ownWords(text, secrets))
			.filter((text) => text !== ''),
	};
}

/**
 * A refusal of the function, or of whoever called it: “Access denied” comes in place of a 401 as well (protocol.md,
 * 1.2). What WHM passes on is UAPI's word to WHM, which has accepted the caller.
 */
function uapiRefusal(
	{ errors, message }: Envelope,
	httpStatus: number,
	context: CallContext,
): CpanelError {
	const listed = texts(errors);
	const isSignIn = listed.length === 0 && typeof message === 'string';
	const words = wordsOf(listed, context.secrets);
	const isAccess = familyOf(words) === 'access' || isSignIn;
	if (isAccess && context.through !== 'WHM') {
		const told = {
			status: httpStatus,
			body: isSignIn ? ownWords(message, context.secrets) : words,
		};
		const { host } = new URL(context.url);
		const details = words === '' ? undefined : `cPanel refused ${context.function}: ${words}`;
		return signInRefusal(told, host, context.signIn, details);
	}
	return refusal(listed, httpStatus, { by: 'cPanel', ...context });
}

/**
 * Finds UAPI's fields: at the top level, as sent over HTTP, or inside `result`, as documented (protocol.md, 1.1).
 * The older API reports a denial in `cpanelresult`.
 *
 * @returns undefined for JSON of something else
 */
function envelopeIn(parsed: unknown): Envelope | undefined {
	if (!isRecord(parsed)) return undefined;
	const { result, cpanelresult } = parsed;
	if (isRecord(result) && isVerdict(result)) return { ...result, status: result.status };
	if (isVerdict(parsed)) return { ...parsed, status: parsed.status };
	return isRecord(cpanelresult) ? { status: 0, errors: cpanelresult.error } : undefined;
}

/** A function of UAPI and its arguments. */
export interface UapiCall extends Arguments {
	module: string;
	function: string;
}

/**
 * A cPanel account, as whom UAPI is called, whoever signs in for it. Lasts one execution and may be used by several
 * items at once.
 */
export interface Account {
	/** The server that answers, and that Webmail is on where an answer names none. */
	readonly server: Host;
	/**
	 * Calls a function of UAPI as the account. Secret arguments travel in a body.
	 *
	 * @example
	 * const { data } = await account.call(channel, { module: 'DomainInfo', function: 'list_domains' });
	 *
	 * @throws {CpanelError} of kind `refusal` with cPanel's own words, `credential` when whoever signs in is
	 * refused (nothing is tried twice), `answer`, or `connection`
	 */
	call(channel: Channel, call: UapiCall): Promise<UapiResult>;
	/**
	 * Opens a session of the account in which its functions can be called.
	 *
	 * @throws {CpanelError} as `call`
	 */
	openSession(channel: Channel): Promise<LoggedInSession>;
	/** Gives back what is kept at the server, so that no session stays open there. Never rejects. */
	close(channel: Channel): Promise<void>;
}

/** Who calls UAPI, and where. */
export interface Caller {
	/** What comes before `/execute/…`: the origin of the server and, in a session, its security token. */
	base: string;
	/** What tells the server who calls. */
	headers: Record<string, string>;
	/** Everything secret in it, in every form it is sent in, to keep it out of messages. */
	secrets: string[];
	signIn: SignInWords;
	/** The name of the account, where it is known. */
	account?: string;
}

/**
 * Calls UAPI where cPanel or Webmail listens.
 *
 * @throws {CpanelError} see {@link readUapiAnswer}, and of kind `connection`
 */
export async function callUapi(
	channel: Channel,
	caller: Caller,
	call: UapiCall,
): Promise<UapiResult> {
	const url = `${caller.base}/execute/${call.module}/${call.function}`;
	const response = await sendCall(channel, url, caller.headers, call);
	const read = (): UapiResult =>
		readUapiAnswer(response, {
			url,
			function: nameOf(call),
			secrets: [...caller.secrets, ...secretsOf(call)],
			signIn: caller.signIn,
			about: subjectOf(call),
		});
	const { identify } = call;
	if (identify === undefined) return read();
	return readMatchedResponse(channel, response, url, read, ({ data }) =>
		identify(data, caller.account),
	);
}

/**
 * Calls UAPI inside a session that is logged in. The credential stays out of it: the session may live on
 * another server.
 *
 * @param signIn what it means when the session is refused
 * @param account whose session it is, where that is known
 * @throws {CpanelError} see {@link readUapiAnswer}, and of kind `connection`
 */
export async function callUapiInSession(
	channel: Channel,
	{ sessionUrl, cookie }: LoggedInSession,
	call: UapiCall,
	signIn = SESSION_REFUSED,
	account?: string,
): Promise<UapiResult> {
	const secrets = [...cookieSecrets(cookie), new URL(sessionUrl).pathname];
	const caller = { base: sessionUrl, headers: { cookie }, secrets, signIn, account };
	return await callUapi(channel, caller, call);
}

/** How messages name a function. */
export function nameOf(call: UapiCall): string {
	return `${call.module}::${call.function}`;
}

export function secretsOf({ secretArguments = {} }: Arguments): string[] {
	return Object.values(secretArguments);
}

const SESSION_REFUSED: SignInWords = {
	kind: 'signIn',
	subject: 'the session',
	hint: 'It may have ended, or its cookie and its URL do not belong together. Log in again with the cPanel Webmail Login node right before this one.',
};

function cookieSecrets(cookie: string): string[] {
	const values = cookie
		.split(';')
		.map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
		.filter((value) => value.length > 8);
	return [cookie, ...values, ...values.map(urlDecoded)];
}

/** The value of a cookie is URL-encoded; who repeats it may have decoded it. */
function urlDecoded(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}
