import type { IncomingMessage } from 'node:http';
import type { JournalEntry } from './journal';
import type { State } from './state';
import type { Switches } from './switches';

/** What kind of thing a path asks for. */
export type Target =
	| { kind: 'execute'; module: string; name: string }
	| { kind: 'whm'; name: string }
	| { kind: 'login' }
	| { kind: 'logout' }
	| { kind: 'page' };

/** One request with everything that is needed to answer it. */
export interface Exchange {
	readonly entry: JournalEntry;
	/** The switches that this request meets. */
	readonly switches: Readonly<Switches>;
	readonly state: State;
	/** The address of the other end of the connection. */
	readonly peer: string;
	/** The `/cpsess…` in front of the path, if there is one. */
	readonly token: string | null;
	readonly target: Target;
	/** The fields of the query and of the body together. */
	readonly args: Record<string, string>;
	/** The cookies, decoded. */
	readonly cookies: Record<string, string>;
}

/** Splits a path into the security token and what is asked for. */
export function parsePath(path: string): Pick<Exchange, 'token' | 'target'> {
	const [, token = null, rest = ''] = /^(\/cpsess[^/]*)?(.*)$/.exec(path) ?? [];
	return { token, target: targetOf(rest) };
}

function targetOf(path: string): Target {
	const [, module, name] = /^\/execute\/([^/]+)\/([^/]+)\/?$/.exec(path) ?? [];
	if (module && name) return { kind: 'execute', module, name };
	const [, whmFunction] = /^\/json-api\/([^/]+)\/?$/.exec(path) ?? [];
	if (whmFunction) return { kind: 'whm', name: whmFunction };
	if (/^\/login\/?$/.test(path)) return { kind: 'login' };
	if (/^\/logout\/?$/.test(path)) return { kind: 'logout' };
	return { kind: 'page' };
}

/** The cookies of a request; a value that is no valid percent-encoding is taken as it is. */
export function parseCookies(request: IncomingMessage): Record<string, string> {
	const pairs = (request.headers.cookie ?? '').split(';').filter((pair) => pair.includes('='));
	return Object.fromEntries(
		pairs.map((pair) => {
			const equals = pair.indexOf('=');
			return [pair.slice(0, equals).trim(), decode(pair.slice(equals + 1).trim())];
		}),
	);
}

function decode(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}
