import type { HttpResponse } from '../../http/HttpTransport';
import { frontByPage, frontByServer } from './fronts';
import type { Front } from './fronts';
import { isRecord, parseJson } from './json';
import { loginForm, looksLikeHtml } from './pages';

/** Who sent an answer: cPanel, something in front of it, or somebody who does not show. */
export type Sender = 'cPanel' | 'unknown' | Front;

/**
 * Finds out who answered. What an answer holds counts more than what it says of itself, because a proxy puts its own
 * name on what it passes on:
 *
 * 1. JSON in one of cPanel's envelopes, or one of its forms to log in, is cPanel's, whoever passed it on.
 * 2. A page with the marks of a firewall, a proxy or the like is theirs.
 * 3. Then `Server` decides: cPanel calls itself `cpsrvd` (protocol.md, 1.2); who calls itself otherwise is no cPanel.
 *
 * @example
 * whoAnswered({ status: 403, server: 'cloudflare', body: 'error code: 1020', cookies: [] });
 * // { name: 'Cloudflare', role: 'firewall' }
 */
export function whoAnswered({ status, body, server = '' }: HttpResponse): Sender {
	const form = looksLikeHtml(body) ? loginForm(body) : undefined;
	if (form === 'sure' || isInEnvelope(body)) return 'cPanel';
	const marked = frontByPage(body);
	const front: Front | undefined = marked && { ...marked, name: marked.name ?? nameOf(server) };
	// a network that asks who n8n is, and nobody else uses this status
	if (status === 511) return { name: front?.name ?? nameOf(server), role: 'portal' };
	if (front !== undefined) return front;
	if (CPSRVD.test(server)) return 'cPanel';
	if (server.trim() !== '') return frontByServer(server);
	return form === 'likely' ? 'cPanel' : 'unknown';
}

const CPSRVD = /^\s*(cpsrvd|cpanel|whostmgr|webmaild)/i;

function nameOf(server: string): string | undefined {
	return server.trim() === '' || CPSRVD.test(server) ? undefined : frontByServer(server).name;
}

function isInEnvelope(body: string): boolean {
	return /^\s*\{/.test(body) && isEnvelope(parseJson(body));
}

/**
 * Whether JSON is in one of the envelopes of cPanel: UAPI's, flat or nested, that of a sign-in, that of WHM, or that of
 * the older API (protocol.md, 1.1, 1.3 and 6).
 */
export function isEnvelope(json: unknown): boolean {
	if (!isRecord(json)) return false;
	const { result, metadata, cpanelresult, data } = json;
	return (
		isVerdict(json) ||
		(isRecord(result) && isVerdict(result)) ||
		isRecord(cpanelresult) ||
		(isRecord(metadata) && ('result' in metadata || 'reason' in metadata)) ||
		(isRecord(data) && 'result' in data && 'reason' in data)
	);
}

/**
 * Whether a record has the status of UAPI: 1 or 0, as a number or as a text; an empty one has been seen beside the
 * other fields (protocol.md, 1.1). Others use the same name for a word or for the status of HTTP.
 */
export function isVerdict(record: Record<string, unknown>): boolean {
	const { status } = record;
	if (status === 1 || status === 0 || status === '1' || status === '0') return true;
	return (status === '' || status === null) && 'errors' in record;
}
