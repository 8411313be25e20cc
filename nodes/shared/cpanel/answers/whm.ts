import type { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { acceptedAnswer } from './accepted';
import type { CallContext } from './accepted';
import { foreignJson, isRecord, parseJson, readJson, texts } from './json';
import { familyOf } from './families';
import { refusal, wordsOf } from './refusal';
import { signInRefusal } from './signInRefusal';

/** The parts of WHM's envelope that matter. */
export interface WhmResult {
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
		throw refused(metadata.reason, answer.status, context);
	}
	if (isRecord(cpanelresult)) {
		const told = acceptedByOldApi(cpanelresult);
		if (told !== undefined) return { data: told, metadata: {} };
		throw refused(cpanelresult.error, answer.status, context);
	}
	if (isRecord(data) && Number(data.result) === 0) {
		throw refused(data.reason, answer.status, context);
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
	return isRecord(metadata) ? refused(metadata.reason, status, context) : undefined;
}

/** “Access denied” is about who asks, whatever it comes in (protocol.md, 6). */
function refused(reason: unknown, status: number, context: CallContext): CpanelError {
	const listed = texts(reason);
	const words = wordsOf(listed, context.secrets);
	if (familyOf(words) !== 'access') return refusal(listed, status, { by: 'WHM', ...context });
	const { host } = new URL(context.url);
	const details = `WHM refused ${context.function}: ${words}`;
	return signInRefusal({ status, body: words }, host, context.signIn, details);
}
