import type { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { acceptedAnswer } from './accepted';
import type { CallContext } from './accepted';
import { foreignJson, isRecord, readJson, texts } from './json';
import { ownWords } from './quote';
import { receivedSecrets } from './received';
import { refusal, wordsOf } from './refusal';
import { signInRefusal } from './signInRefusal';
import { isVerdict } from './whoAnswered';
import { familyOf } from './families';

/** The fields of a UAPI answer, wherever the server put them. */
export interface Envelope {
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
	if (Number(envelope.status) !== 1) throw refused(envelope, httpStatus, context);
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
function refused(
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
