import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { isRecord, parseJson } from './json';
import { loginForm, looksLikeHtml } from './pages';
import { HIDDEN, ownWords } from './quote';
import { CHECK_SERVER_AND_PORT, busy } from './serverErrors';

/** What a thing in front of cPanel does there, which decides whom to ask about it. */
export type IntermediaryRole =
	/** Keeps requests away from the server: a firewall, a content delivery network. */
	| 'firewall'
	/** Lets a browser in after its scripts have run, or a person after a riddle. */
	| 'challenge'
	/** Passes requests on, and could not. */
	| 'gateway'
	/** Stands at the way out of n8n's own network. */
	| 'proxy'
	/** Wants somebody to sign in to the network itself. */
	| 'portal'
	/** Serves web sites. */
	| 'webServer'
	/** Says that the hosting account is suspended. */
	| 'suspension'
	/** What it is does not show. */
	| 'unknown';

/** A thing in front of cPanel. */
interface Intermediary {
	/** As its makers call it; undefined where it does not show. */
	name?: string;
	role: IntermediaryRole;
}

/**
 * What stands in front of many servers, and whose advice is its own, or whose pages come without a `Server` of its own.
 * Its marks are looked for in its pages and in `Server`. The first match counts, so products come before the web servers
 * that they run on. Others are told from cPanel as well, by their name in `Server`, see {@link whoAnswered}.
 */
const PRODUCTS: Array<{ name: string; role: IntermediaryRole; marks: RegExp }> = [
	{
		name: 'Cloudflare',
		role: 'firewall',
		marks: /cloudflare|\/cdn-cgi\/|^\s*error code: \d{3,4}\s*$|\bcf-(error|wrapper|chl)/i,
	},
	{ name: 'Sucuri', role: 'firewall', marks: /sucuri/i },
	{ name: 'Imunify360', role: 'firewall', marks: /imunify/i },
	{ name: 'Imperva Incapsula', role: 'firewall', marks: /incapsula|imperva/i },
	{
		name: 'Akamai',
		role: 'firewall',
		marks: /^akamai|edgesuite\.net|errors\.edgekey|reference\s*(#|&#35;|&#32;&#35;)\s*[\da-f]+\./i,
	},
	{ name: 'ModSecurity', role: 'firewall', marks: /mod[_ ]?security/i },
	{
		name: 'ConfigServer Firewall',
		role: 'firewall',
		marks: /firewall on this server is blocking your connection|configserver|csf\/lfd/i,
	},
	{
		name: 'Squid',
		role: 'proxy',
		marks:
			/^squid|\(squid\b|squid-cache|ERR_(ACCESS_DENIED|CACHE_ACCESS_DENIED|CONNECT_FAIL|DNS_FAIL)/i,
	},
	{ name: 'Zscaler', role: 'proxy', marks: /zscaler/i },
	{ name: 'FortiGuard', role: 'proxy', marks: /forti(guard|net|gate|web)|\/fgtauth/i },
	{ name: 'LiteSpeed', role: 'webServer', marks: /litespeed|\.lsrecap/i },
	{ name: 'nginx', role: 'webServer', marks: /^(nginx|openresty)|<center>\s*(nginx|openresty)/i },
	{ name: 'Apache', role: 'webServer', marks: /^apache|<address>\s*apache/i },
];

const SUSPENDED =
	/suspendedpage|account (is |has been )?(suspended|disabled)|(konto|account|webseite) (ist |wurde )?gesperrt|cuenta (ha sido )?suspendida|compte (a été )?suspendu|conta (foi )?suspensa|account sospeso|アカウント.{0,12}停止/i;

/** It has made up its mind: no browser gets past this, either. */
const BLOCKED =
	/\b(you|your (ip|address|request|access))( address)? (have|has|is|was) (been )?(blocked|banned)|banned your (ip|access)/i;

const CHALLENGE =
	/just a moment|one moment,? please|checking (if the site|your browser)|verify(ing)? (that )?you are (a )?human|are you (a )?(human|robot)|not a robot|captcha|challenge|enable javascript|javascript (is|muss|debe|doit)|DDoS protection by|bot.?protection|ロボット|humano|mensch\b/i;

const PORTAL =
	/captive ?portal|hotspot|wispaccessgateway|network (login|authentication required)|wi-?fi (login|access|sign)/i;

/** As much of a page as is looked at: what is behind it cannot be the first thing that somebody reads. */
const SEARCHED_LENGTH = 65_536;

/**
 * Recognizes what stands in front of cPanel by the marks of its own pages.
 *
 * @returns undefined for a page without such marks
 */
function intermediaryByPage(body: string): Intermediary | undefined {
	const seen = body.slice(0, SEARCHED_LENGTH);
	if (SUSPENDED.test(seen)) return { role: 'suspension' };
	if (PORTAL.test(seen)) return { role: 'portal' };
	const product = productIn(seen);
	const isBlock = product?.role === 'firewall' && BLOCKED.test(seen);
	if (!isBlock && CHALLENGE.test(seen)) return { name: product?.name, role: 'challenge' };
	return product;
}

function productIn(text: string): Intermediary | undefined {
	const found = PRODUCTS.find(({ marks }) => marks.test(text));
	return found && { name: found.name, role: found.role };
}

/** Names of programs have two or three words at most; longer ones are texts. */
const NAME_OF_PROGRAM = /^[a-z][\w.-]*( [a-z][\w.-]*){0,2}$/i;
const MAX_NAME_LENGTH = 30;

/**
 * What the program calls itself that answered, without its version. A server may repeat in this header what it was sent.
 */
function intermediaryByServer(server: string, secrets: readonly string[]): Intermediary {
	const product = productIn(server.trim());
	if (product !== undefined) return product;
	const words = ownWords(server, secrets);
	const [name = ''] = words.split(/[/(]| \d/);
	const isShown =
		!words.includes(HIDDEN) && name.length <= MAX_NAME_LENGTH && NAME_OF_PROGRAM.test(name.trim());
	return { name: isShown ? name.trim() : undefined, role: 'unknown' };
}

/**
 * What an answer is told as that is not cPanel's: who gave it, and whom to ask about it. It says nothing about a
 * credential or a session, and is never counted as a refused sign-in.
 */
export function intermediaryError(
	intermediary: Intermediary,
	{ status, retryAfter }: HttpResponse,
	{ url }: { url: string },
): CpanelError {
	const { host, hostname } = new URL(url);
	const role = roleFor(intermediary.role, status);
	if (isBusy(role, status)) {
		const who =
			intermediary.name === undefined ? '' : `, according to ${intermediary.name} in front of it`;
		const what = status === 429 ? 'is receiving too many requests' : 'is currently unavailable';
		return busy(`${host} ${what} (HTTP ${status})${who}`, status, retryAfter);
	}
	const [message, hint] = WORDS[role](intermediary.name, host, hostname, status);
	return new CpanelError('answer', message, { hint, httpStatus: status });
}

/** Waiting helps against too many requests, and where a server is down; not where a browser is wanted. */
function isBusy(role: IntermediaryRole, status: number): boolean {
	return (
		(status === 429 || status === 503) &&
		!['challenge', 'portal', 'proxy', 'suspension'].includes(role)
	);
}

/** Whoever passes requests on says with these that the server behind it did not answer. */
function roleFor(role: IntermediaryRole, status: number): IntermediaryRole {
	const unreached = [502, 504].includes(status) || (status >= 520 && status <= 530);
	return unreached && ['firewall', 'webServer', 'unknown', 'gateway'].includes(role)
		? 'gateway'
		: role;
}

type Words = (
	name: string | undefined,
	host: string,
	hostname: string,
	status: number,
) => [message: string, hint: string];

const NO_MATTER_OF_CREDENTIALS = 'This says nothing about the credential or the session.';

const WORDS: Record<IntermediaryRole, Words> = {
	firewall: (name, host, _hostname, status) => [
		inPlace(name, host, status),
		`It blocked the request. ${NO_MATTER_OF_CREDENTIALS} Ask the hosting provider to allow the address of n8n on cPanel’s ports, or for a host name that bypasses ${name ?? 'it'}.`,
	],
	challenge: (name, host, _hostname, status) => [
		`${name ?? 'An intermediary'} in front of cPanel at ${host} requires a browser check (HTTP ${status})`,
		`n8n cannot pass such a check. ${NO_MATTER_OF_CREDENTIALS} Ask the hosting provider to exempt the address of n8n from the check, or for a host name that bypasses ${name ?? 'it'}.`,
	],
	gateway: (name, host, _hostname, status) => [
		`${name ?? 'An intermediary'} in front of ${host} got no valid response from the server behind it (HTTP ${status})`,
		'cPanel may be down or restarting. Run the item again later. A content delivery network forwards only a few ports: ask the hosting provider for a host name that leads directly to the server.',
	],
	proxy: (name, host, hostname, status) => [
		`${withName(name, 'The proxy')} between n8n and ${host} answered instead of cPanel (HTTP ${status})`,
		`It belongs to n8n’s own network. ${NO_MATTER_OF_CREDENTIALS} Ask the administrator of this n8n instance to allow ${host} in the proxy, or to exclude ${hostname} from the proxy (NO_PROXY).`,
	],
	portal: (_name, host, _hostname, status) => [
		`The network of n8n requires a sign-in before it allows a connection to ${host} (HTTP ${status})`,
		'Ask the administrator of n8n’s network to allow connections from n8n without a sign-in page.',
	],
	webServer: (name, host, _hostname, status) => [
		inPlace(name, host, status),
		`A web server listens there, but no cPanel behind it answered. ${CHECK_SERVER_AND_PORT} If they do, ask the hosting provider.`,
	],
	suspension: (_name, host, _hostname, status) => [
		`${host} answered that the hosting account is suspended (HTTP ${status})`,
		'Only the hosting provider can lift the suspension. If the account is not suspended, check the server name.',
	],
	unknown: (name, host, _hostname, status) => [
		inPlace(name, host, status),
		`The response does not come from cPanel, but from a firewall, a proxy or a content delivery network. ${NO_MATTER_OF_CREDENTIALS} ${CHECK_SERVER_AND_PORT} Then ask the hosting provider and the administrator of n8n’s network which intermediary answered.`,
	],
};

function inPlace(name: string | undefined, host: string, status: number): string {
	return name === undefined
		? `Another service answered instead of cPanel at ${host} (HTTP ${status})`
		: `${name} answered instead of cPanel at ${host} (HTTP ${status})`;
}

function withName(name: string | undefined, otherwise: string): string {
	return name === undefined ? otherwise : `${otherwise} ${name}`;
}

/** Who sent an answer: cPanel, something in front of it, or somebody who does not show. */
export type Sender = 'cPanel' | 'unknown' | Intermediary;

/**
 * Finds out who answered. What an answer holds counts more than what it says of itself, because a proxy puts its own
 * name on what it passes on:
 *
 * 1. JSON in one of cPanel's envelopes, or one of its forms to log in, is cPanel's, whoever passed it on.
 * 2. A page with the marks of a firewall, a proxy or the like is theirs.
 * 3. Then `Server` decides: cPanel calls itself `cpsrvd` (protocol.md, 1.2); who calls itself otherwise is no cPanel.
 *
 * @param secrets what was sent, to keep it out of the name
 *
 * @example
 * whoAnswered({ status: 403, server: 'cloudflare', body: 'error code: 1020', cookies: [] }, []);
 * // { name: 'Cloudflare', role: 'firewall' }
 */
export function whoAnswered(
	{ status, body, server = '' }: HttpResponse,
	secrets: readonly string[],
): Sender {
	const form = looksLikeHtml(body) ? loginForm(body) : undefined;
	if (form === 'sure' || isInEnvelope(body)) return 'cPanel';
	const isCpsrvd = CPSRVD.test(server);
	const byServer =
		isCpsrvd || server.trim() === '' ? undefined : intermediaryByServer(server, secrets);
	const marked = intermediaryByPage(body);
	const name = marked?.name ?? byServer?.name;
	// a network that asks who n8n is, and nobody else uses this status
	if (status === 511) return { name, role: 'portal' };
	if (marked !== undefined) return { name, role: marked.role };
	if (isCpsrvd) return 'cPanel';
	return byServer ?? (form === 'likely' ? 'cPanel' : 'unknown');
}

const CPSRVD = /^\s*(cpsrvd|cpanel|whostmgr|webmaild)/i;

function isInEnvelope(body: string): boolean {
	return /^\s*\{/.test(body) && isEnvelope(parseJson(body));
}

/**
 * Whether JSON is in one of the envelopes of cPanel: UAPI's, flat or nested, that of a sign-in, that of WHM, or that of
 * the older API (protocol.md, 1.1, 1.3 and 6).
 */
function isEnvelope(json: unknown): boolean {
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
