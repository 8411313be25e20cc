/* Thousands of inputs of each kind that once opened something, and must open nothing. */
import { readRequest } from '../../../nodes/CpanelWebmailLogin/trigger/exchange';
import { readDomains, readRefused } from '../../../nodes/CpanelWebmailLogin/trigger/settings';
import { parseLogoUrl } from '../../../nodes/CpanelWebmailLogin/page/fields';
import { policySource } from '../../../nodes/CpanelWebmailLogin/page/renderPage';
import { verifyAccessLink } from '../../../nodes/shared/accessLink/accessLink';
import { readKeyring } from '../../../nodes/shared/accessLink/keys';
import { signToken } from '../../../nodes/shared/accessLink/token';
import { visitorAddressIn } from '../../../nodes/shared/accessLink/visitorAddress';
import { signedRequest } from '../../../nodes/shared/n8n/signedRequest';
import { parseHost } from '../../../nodes/shared/cpanel/input/host';
import { formParameters } from '../../../nodes/shared/n8n/parameters';
import { CpanelError } from '../../../nodes/shared/errors';
import { LINK_SECRET } from '../../contract/accessLinks/links';
import { randomNumbers } from '../random';

const random = randomNumbers(20261201);
const pick = <Value>(values: readonly Value[]): Value =>
	values[Math.floor(random() * values.length)] as Value;
const ROUNDS = 5000;

/** What a call returns, or undefined where it refuses its input. */
function unlessRefused<Result>(call: () => Result): Result | undefined {
	try {
		return call();
	} catch (error) {
		if (error instanceof CpanelError && error.kind === 'input') return undefined;
		throw error;
	}
}

/** A text with something put in, taken out or changed at random. */
function altered(text: string): string {
	const at = Math.floor(random() * (text.length + 1));
	const odd = pick([
		' ',
		',',
		';',
		'\n',
		'#',
		'@',
		'.',
		'"',
		"'",
		'<',
		'>',
		'/',
		'\\',
		'x',
		'\u200b',
		'%',
		':',
	]);
	return text.slice(0, at) + odd + text.slice(at + pick([0, 1, 3]));
}

const signer = {
	server: parseHost('cpanel.example.com', 2083, 'Server'),
	allowUnauthorizedCerts: false,
	of: 'cPanel' as const,
	paths: '/execute/',
};

test('a signed request goes to its own server, and brings nothing that is not known', () => {
	const names = [
		'proxy',
		'agent',
		'httpsAgent',
		'lookup',
		'socketPath',
		'host',
		'auth',
		'jar',
		'tunnel',
	];
	for (let round = 0; round < ROUNDS; round += 1) {
		const request: Record<string, unknown> = {
			[pick(['url', 'uri'])]: altered('https://cpanel.example.com:2083/execute/x'),
			...(random() < 0.5 && { [pick(names)]: pick(['x', {}, 1, true]) }),
			...(random() < 0.3 && { rejectUnauthorized: pick([false, 0, 'no', true]) }),
		};
		const sent = unlessRefused(() => signedRequest(request as never, signer, () => ({ a: 'b' })));
		if (sent === undefined) continue;
		expect(new URL(sent.url).origin).toBe('https://cpanel.example.com:2083');
		expect(sent).toMatchObject({ rejectUnauthorized: true, skipSslCertificateValidation: false });
		expect(Object.keys(sent).filter((name) => names.includes(name))).toEqual([]);
	}
});

test('Allowed Domains never allows all where anything was entered', () => {
	const nothings = [
		null,
		'',
		' ',
		'\n',
		',',
		';',
		[],
		[''],
		[' '],
		[[]],
		{},
		false,
		'\u200b',
		'“”',
		undefined,
	];
	for (const value of nothings) {
		const getNodeParameter = (_: string, _fallback: unknown, options?: object): unknown =>
			options !== undefined && 'rawExpressions' in options ? '={{ $x }}' : value;
		const item = formParameters({ getNodeParameter } as never, []);
		expect(unlessRefused(() => readDomains(item.guard('allowedDomains')))).toBeUndefined();
	}
	for (let round = 0; round < ROUNDS; round += 1) {
		const domains = unlessRefused(() => readDomains([altered('example.com')]));
		if (domains !== undefined) expect(domains.size).toBeGreaterThan(0);
	}
});

test('Refused refuses every entry, or says that it does not understand one', () => {
	for (let round = 0; round < ROUNDS; round += 1) {
		const entries = Array.from({ length: 3 }, () => {
			const entry = pick([
				'k7m4qx2p9wha',
				'anna@example.com',
				'Anna <anna@example.com>',
				'example.com',
			]);
			return random() < 0.4 ? altered(entry) : entry;
		});
		const refused = unlessRefused(() => readRefused(entries));
		if (refused === undefined) continue;
		expect(entries).not.toContain('example.com');
		const whole = (entry: string) => entries.includes(entry);
		if (whole('k7m4qx2p9wha')) expect(refused.linkIds).toContain('k7m4qx2p9wha');
		if (whole('anna@example.com') || whole('Anna <anna@example.com>')) {
			expect(refused.mailboxes).toContain('anna@example.com');
		}
	}
});

test('a field that somebody else signed leads to no other site, and shows what it opens', () => {
	const keyring = readKeyring({ secret: LINK_SECRET });
	const pages = [
		'/3rdparty/x',
		'https://evil.example/',
		'javascript:alert(1)',
		'//evil.example',
		'/\\evil',
	];
	for (let round = 0; round < ROUNDS; round += 1) {
		const mailbox = altered(pick(['bob@example.com', 'CEO <bob@example.com>']));
		const fields = [mailbox, 'k7m4qx2p9wha', 1, 2, altered('4711'), '', altered(pick(pages))];
		const link = verifyAccessLink(signToken(fields, keyring.current), keyring);
		if (link === undefined) continue;
		expect(link.mailbox).toMatch(/^[^\s<>"]+@[a-z0-9._-]+$/);
		const target = new URL(link.gotoUri ?? '/', 'https://server.example:2096');
		expect(target.origin).toBe('https://server.example:2096');
	}
});

test('no form of another page is taken for the page’s own', () => {
	const host = 'n8n.example.com';
	for (let round = 0; round < ROUNDS; round += 1) {
		const site = altered(pick(['cross-site', 'same-site', 'cross-site, same-origin']));
		const origin = altered(pick(['https://evil.example', 'https://a.n8n.example.com', 'null']));
		const headers: Record<string, string> = {
			host,
			...(random() < 0.5 ? { origin } : { 'sec-fetch-site': site }),
		};
		const { isCrossSite } = readRequest({ method: 'POST', headers });
		if (isCrossSite('https://n8n.example.com')) continue;
		expect(headers.origin ?? headers['sec-fetch-site']).toMatch(
			/^(https:\/\/n8n\.example\.com|\s*)$/,
		);
	}
});

test('a header that was not chosen says nothing about the visitor', () => {
	const names = [
		'cf-connecting-ip',
		'true-client-ip',
		'x-forwarded-for',
		'forwarded',
		'x-client-ip',
	];
	for (const name of names) {
		const headers = { [name]: '198.51.100.9', 'x-real-ip': '203.0.113.7' };
		expect(visitorAddressIn({ headers }, 'X-Real-IP')?.text).toBe('203.0.113.7');
	}
});

test('no logo adds to the policy', () => {
	for (let round = 0; round < ROUNDS; round += 1) {
		const logo = altered(altered('https://cdn.example.com/logo.png'));
		const url = unlessRefused(() => parseLogoUrl(logo));
		if (url !== undefined) expect(policySource(url)).toMatch(/^https:\/\/[a-z0-9.:[\]-]+$/);
	}
});

test('no secret that repeats itself, and no few characters, is one', () => {
	const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&';
	for (let round = 0; round < ROUNDS; round += 1) {
		const length = 1 + Math.floor(random() * 16);
		const part = Array.from({ length }, () => pick([...alphabet])).join('');
		const secret = part.repeat(Math.ceil(32 / length) + 1);
		expect(unlessRefused(() => readKeyring({ secret }))).toBeUndefined();
	}
});
