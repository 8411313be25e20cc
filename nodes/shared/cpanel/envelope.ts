import type { HttpResponse } from '../http/HttpTransport';
import { isRecord } from './json';
import { foreignJson, readJson } from './jsonAnswer';

/** The fields of a UAPI answer, wherever the server put them. */
export interface Envelope {
	status: unknown;
	data?: unknown;
	errors?: unknown;
	warnings?: unknown;
	metadata?: unknown;
}

/**
 * Finds UAPI's fields in a body: at the top level, as sent over HTTP, or inside `result`, as documented
 * (protocol.md, 1.1). The older API reports a denial in `cpanelresult`.
 *
 * @throws {CpanelError} of kind `answer`: empty, broken off, not JSON, or JSON of something else
 */
export function parseEnvelope(answer: HttpResponse, host: string): Envelope {
	const parsed = readJson(answer, host);
	const envelope = isRecord(parsed) ? envelopeIn(parsed) : undefined;
	if (envelope === undefined) throw foreignJson(host, 'UAPI', answer.status);
	return envelope;
}

/** @returns undefined for JSON of something else */
export function envelopeIn(parsed: Record<string, unknown>): Envelope | undefined {
	const { result, cpanelresult } = parsed;
	if (isRecord(result) && 'status' in result) return { ...result, status: result.status };
	if ('status' in parsed) return { ...parsed, status: parsed.status };
	return isRecord(cpanelresult) ? { status: 0, errors: cpanelresult.error } : undefined;
}
