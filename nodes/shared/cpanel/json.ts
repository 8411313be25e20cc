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
