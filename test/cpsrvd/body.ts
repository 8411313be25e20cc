import type { IncomingMessage } from 'node:http';

/** Reads a body to its end; rejects when the client goes away before. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** The fields of a body, by its content type; a body of any other type has none. */
export function parseForm(body: Buffer, contentType = ''): Record<string, string> {
	// cPanel's own Perl client sends its forms as a row of bytes
	if (/^application\/(x-www-form-urlencoded|octet-stream)/.test(contentType)) {
		return Object.fromEntries(new URLSearchParams(body.toString()));
	}
	if (contentType.startsWith('application/json')) return parseJson(body.toString());
	const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
	return boundary ? parseMultipart(body.toString(), boundary) : {};
}

function parseJson(text: string): Record<string, string> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return {};
	}
	if (typeof value !== 'object' || value === null) return {};
	return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, asText(field)]));
}

function asText(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Good for text fields, which is all that the functions here take. */
function parseMultipart(body: string, boundary: string): Record<string, string> {
	const fields: Record<string, string> = {};
	for (const part of body.split(`--${boundary}`)) {
		const headEnd = part.indexOf('\r\n\r\n');
		const name = /;\s*name="([^"]*)"/i.exec(part.slice(0, headEnd))?.[1];
		if (name !== undefined) fields[name] = part.slice(headEnd + 4).replace(/\r\n$/, '');
	}
	return fields;
}
