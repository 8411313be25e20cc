import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { CHECK_SERVER_AND_PORT } from './serverErrors';

/**
 * Reads a body as JSON, whatever its content type says.
 *
 * @param host for messages
 * @throws {CpanelError} of kind `answer`: empty, broken off, not JSON, nested beyond {@link MAX_DEPTH}
 */
export function readJson({ body, status, contentType }: HttpResponse, host: string): unknown {
	const unusable = (what: string, hint: string) =>
		new CpanelError('answer', `${host} ${what}`, { hint, httpStatus: status });
	if (body.trim() === '') {
		throw unusable(
			'sent an empty response',
			'Run the item again. If it keeps happening, ask the hosting provider to look at cPanel’s log.',
		);
	}
	if (isTooDeep(body)) {
		throw unusable(
			'sent a response that is nested deeper than any cPanel response',
			CHECK_SERVER_AND_PORT,
		);
	}
	const parsed = parseJson(body);
	if (parsed !== undefined) return parsed;
	throw /^\s*[{[]/.test(body)
		? unusable(
				'sent an incomplete response',
				'Run the item again. If it keeps happening, an intermediary between n8n and the server cuts responses short.',
			)
		: unusable(`answered with ${mediaType(contentType)} that is not JSON`, CHECK_SERVER_AND_PORT);
}

/**
 * The error for JSON that somebody else than cPanel must have sent: it has none of the fields of cPanel's answers.
 *
 * @param expected whose answer it should have been: “UAPI”, “WHM”
 */
export function foreignJson(host: string, expected: string, httpStatus: number): CpanelError {
	return new CpanelError('answer', `${host} sent JSON that is not a response from ${expected}`, {
		hint: CHECK_SERVER_AND_PORT,
		httpStatus,
	});
}

/** Types that servers have; anything else under that name may be made up, and is not repeated. */
const KNOWN_TYPES =
	/^(text\/(html|plain|xml|css|csv|javascript)|application\/(json|xml|pdf|zip|gzip|javascript|octet-stream|xhtml\+xml)|image\/(png|jpeg|gif|webp|svg\+xml|x-icon))(?=\s*(;|$))/i;

function mediaType(contentType: string | undefined): string {
	const type = KNOWN_TYPES.exec(contentType?.trim() ?? '')?.[1];
	return type === undefined ? 'something' : `something (${type.toLowerCase()})`;
}

/**
 * @returns undefined for what is no JSON, or nested beyond {@link MAX_DEPTH}. What the parser says quotes the text,
 * which may hold a secret.
 */
export function parseJson(text: string): unknown {
	if (isTooDeep(text)) return undefined;
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
}

/** No answer of cPanel's that is used here has more than 8 levels; n8n cannot store what has some ten thousand. */
const MAX_DEPTH = 32;

/** Looks at the text, because who looks into the value may be too deep in it already. */
function isTooDeep(text: string): boolean {
	let depth = 0;
	let inString = false;
	for (let at = 0; at < text.length; at++) {
		const character = text[at];
		if (inString) {
			if (character === '\\') at++;
			else if (character === '"') inString = false;
		} else if (character === '"') inString = true;
		else if (character === '{' || character === '[') {
			depth += 1;
			if (depth > MAX_DEPTH) return true;
		} else if (character === '}' || character === ']') depth -= 1;
	}
	return false;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** cPanel gives one reason, now and then two; nobody reads more than a few. */
const MAX_TEXTS = 5;

/** UAPI sends null, a list, or now and then a bare string (protocol.md, 1.1). @returns the first few texts of it */
export function texts(value: unknown): string[] {
	const listed: unknown[] = Array.isArray(value) ? value : [value];
	const found: string[] = [];
	// a list may have hundreds of thousands of entries, so it is not gone through to its end
	for (const text of listed.slice(0, 10 * MAX_TEXTS)) {
		if (typeof text === 'string' && found.length < MAX_TEXTS) found.push(text);
	}
	return found;
}

/** The records of a list; whatever else is in it is left out. */
export function records(data: unknown): Array<Record<string, unknown>> {
	return Array.isArray(data) ? data.filter(isRecord) : [];
}
