import type { HttpResponse } from '../http/HttpTransport';
import { CpanelError } from './errors';
import { isRecord, parseJson } from './json';
import { CHECK_SERVER_AND_PORT } from './unusableAnswers';

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
 * @param url of the request, for the name of its host
 * @throws {CpanelError} of kind `answer`: empty, broken off, not JSON, or JSON of something else
 */
export function parseEnvelope({ body, status, contentType }: HttpResponse, url: string): Envelope {
	const unusable = (what: string, hint: string) =>
		new CpanelError('answer', `${new URL(url).host} ${what}`, { hint, httpStatus: status });
	if (body.trim() === '') {
		throw unusable(
			'sent an empty answer',
			'Run the item again. If it keeps happening, ask the hosting provider to look at cPanel’s log.',
		);
	}
	const parsed = parseJson(body);
	if (parsed === undefined) {
		throw /^\s*[{[]/.test(body)
			? unusable(
					'sent an answer that breaks off',
					'Run the item again. If it keeps happening, something between n8n and the server cuts answers short.',
				)
			: unusable(`answered with ${mediaType(contentType)} that is not JSON`, CHECK_SERVER_AND_PORT);
	}
	if (isRecord(parsed)) {
		const { result, cpanelresult } = parsed;
		if (isRecord(result) && 'status' in result) return { ...result, status: result.status };
		if ('status' in parsed) return { ...parsed, status: parsed.status };
		if (isRecord(cpanelresult)) return { status: 0, errors: cpanelresult.error };
	}
	throw unusable('sent JSON that is no answer of UAPI’s', CHECK_SERVER_AND_PORT);
}

function mediaType(contentType: string | undefined): string {
	const type = /^[\w.+-]+\/[\w.+-]+/.exec(contentType ?? '')?.[0];
	return type === undefined ? 'something' : `something (${type})`;
}
