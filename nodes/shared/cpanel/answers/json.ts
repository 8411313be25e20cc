import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { CHECK_SERVER_AND_PORT } from './verdicts';

/**
 * Reads a body as JSON, whatever its content type says.
 *
 * @param host for messages
 * @throws {CpanelError} of kind `answer`: empty, broken off, not JSON
 */
export function readJson({ body, status, contentType }: HttpResponse, host: string): unknown {
	const unusable = (what: string, hint: string) =>
		new CpanelError('answer', `${host} ${what}`, { hint, httpStatus: status });
	if (body.trim() === '') {
		throw unusable(
			'sent an empty answer',
			'Run the item again. If it keeps happening, ask the hosting provider to look at cPanel’s log.',
		);
	}
	const parsed = parseJson(body);
	if (parsed !== undefined) return parsed;
	throw /^\s*[{[]/.test(body)
		? unusable(
				'sent an answer that breaks off',
				'Run the item again. If it keeps happening, something between n8n and the server cuts answers short.',
			)
		: unusable(`answered with ${mediaType(contentType)} that is not JSON`, CHECK_SERVER_AND_PORT);
}

/**
 * The error for JSON that somebody else than cPanel must have sent: it has none of the fields of cPanel's answers.
 *
 * @param expected whose answer it should have been: “UAPI”, “WHM”
 */
export function foreignJson(host: string, expected: string, httpStatus: number): CpanelError {
	return new CpanelError('answer', `${host} sent JSON that is no answer of ${expected}’s`, {
		hint: CHECK_SERVER_AND_PORT,
		httpStatus,
	});
}

function mediaType(contentType: string | undefined): string {
	const type = /^[\w.+-]+\/[\w.+-]+/.exec(contentType ?? '')?.[0];
	return type === undefined ? 'something' : `something (${type})`;
}

/** @returns undefined for what is no JSON. What the parser says quotes the text, which may hold a secret. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** UAPI sends null, a list, or now and then a bare string (protocol.md, 1.1). */
export function texts(value: unknown): string[] {
	return [value].flat().filter((text): text is string => typeof text === 'string');
}

/** The records of a list; whatever else is in it is left out. */
export function records(data: unknown): Array<Record<string, unknown>> {
	return Array.isArray(data) ? data.filter(isRecord) : [];
}
