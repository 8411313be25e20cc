import type { HttpResponse } from '../../http/HttpTransport';
import { acceptedAnswer } from './accepted';
import type { CallContext } from './accepted';
import { foreignJson, isRecord, readJson, texts } from './json';
import { ownWords } from './quote';
import { refusal } from './refusal';

/** The fields of a UAPI answer, wherever the server put them. */
export interface Envelope {
	status: unknown;
	data?: unknown;
	errors?: unknown;
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
	if (Number(envelope.status) !== 1) {
		throw refusal(texts(envelope.errors), httpStatus, { by: 'cPanel', ...context });
	}
	return {
		data: envelope.data,
		metadata: isRecord(envelope.metadata) ? envelope.metadata : {},
		warnings: texts(envelope.warnings).map((text) => ownWords(text, context.secrets)),
	};
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
	if (isRecord(result) && 'status' in result) return { ...result, status: result.status };
	if ('status' in parsed) return { ...parsed, status: parsed.status };
	return isRecord(cpanelresult) ? { status: 0, errors: cpanelresult.error } : undefined;
}
