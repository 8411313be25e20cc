export interface Cookie {
	name: string;
	/** As it came, still encoded. */
	value: string;
}

/**
 * Reads `Set-Cookie` lines; of two cookies with the same name the later counts, as in a browser. cPanel
 * still sends the legacy attribute `port`; attributes do not matter here (protocol.md, 3).
 */
export function parseSetCookies(lines: readonly string[]): Cookie[] {
	const cookies = new Map<string, Cookie>();
	for (const line of lines) {
		const [pair = ''] = line.split(';');
		const equals = pair.indexOf('=');
		const name = pair.slice(0, Math.max(equals, 0)).trim();
		if (name !== '') cookies.set(name, { name, value: pair.slice(equals + 1).trim() });
	}
	return [...cookies.values()];
}

/** @returns the value of a `Cookie` header that sends all of them back */
export function cookieHeader(cookies: readonly Cookie[]): string {
	return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}
