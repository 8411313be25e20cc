import type { INodeParameters } from 'n8n-workflow';

import { loginStep, sessionStep, tokenCredential, typed, useCpsrvd } from './harness/cpanel';
import { SEED } from '../cpsrvd';
import { whmCredential } from './harness/ways';
import { runChain } from '../engine/engine';
import type { Chain } from '../engine/engine';

const cpsrvd = useCpsrvd();

/** n8n itself refuses a required field that is left empty, but not an expression that yields nothing. */
const EMPTY = '={{ "" }}';

const checkPassword = 'createWebmailSessionForMailUserCheckPassword';

const inSession = (parameters: INodeParameters): Partial<Chain> => ({
	steps: [sessionStep(parameters)],
});

const inExisting = (parameters: INodeParameters): Partial<Chain> =>
	inSession({
		operation: 'createTempUser',
		sessionSource: 'existing',
		sessionUrl: 'https://mail.example.com:2096/cpsess1',
		cookie: 'webmailsession=a%3ab',
		...parameters,
	});

const inLogin = (parameters: INodeParameters): Partial<Chain> => ({
	steps: [
		loginStep({ host: 'mail.example.com', token: '/cpsess1', session: 'a:b', ...parameters }),
	],
});

const inCredential = (changes: Record<string, string>): Partial<Chain> => ({
	credential: tokenCredential(cpsrvd(), changes),
});

const refused: Array<[what: string, chain: () => Partial<Chain>, message: string]> = [
	['an empty mailbox', () => inSession({ login: typed(' ') }), '“Mailbox” is empty'],
	['an empty domain', () => inSession({ domain: typed('') }), '“Domain” is empty'],
	[
		'a mailbox of another domain',
		() => inSession({ login: typed('anna@example.net') }),
		'“Mailbox” belongs to example.net, but “Domain” says example.com',
	],
	[
		'a mailbox with a space',
		() => inSession({ login: typed('an na') }),
		'“Mailbox” is not a mailbox name',
	],
	[
		'a domain that is none',
		() => inSession({ domain: typed('exa mple/..') }),
		'“Domain” names no valid domain',
	],
	[
		'an empty mailbox password',
		() => inSession({ operation: checkPassword, password: EMPTY }),
		'“Password” is empty',
	],
	[
		'a bad address',
		() => inSession({ remoteAddress: '203.0.113.256' }),
		'“Remote Address” is not an IP address',
	],
	[
		'a bad locale',
		() => inSession({ options: { locale: typed('en; drop') } }),
		'“Locale” is not a locale',
	],
	[
		'an object under an address',
		() => inSession({ remoteAddress: { a: '203.0.113.7' } }),
		'“Remote Address” holds an object, and a text is needed',
	],
	[
		'a list under the mailbox',
		() => inSession({ login: typed('={{ ["anna", "ben"] }}') }),
		'“Mailbox” holds a list (array) of 2 values, and a text is needed',
	],
	[
		'an empty list in place of a mailbox',
		() => inSession({ login: '={{ [] }}' }),
		'“Mailbox” holds an empty list (array), and a text is needed',
	],
	[
		'a date for a domain',
		() => inSession({ domain: '={{ $now }}' }),
		'“Domain” holds an object, and a text is needed',
	],
	[
		'a truth value under the locale',
		() => inSession({ options: { locale: typed('={{ true }}') } }),
		'“Locale” holds a truth value (boolean), and a text is needed',
	],
	[
		'a list under the account that WHM acts for',
		() => ({
			credentialType: 'cpanelWhmApi',
			credential: whmCredential(cpsrvd()),
			steps: [sessionStep({ authentication: 'whm', account: typed('={{ ["bob", "carol"] }}') })],
		}),
		'“cPanel Account” holds a list (array) of 2 values, and a text is needed',
	],
	[
		'a password that was rounded on its way',
		() => inSession({ operation: checkPassword, password: '={{ 12345678901234567890 }}' }),
		'“Password” came as a number that is too long to be exact',
	],
	[
		'a time-out that is a date',
		() => inSession({ options: { timeout: '={{ new Date() }}' } }),
		'“Timeout” holds an object, and a number is needed',
	],
	[
		'a switch that is neither on nor off',
		() => inLogin({ options: { allowUnauthorizedCerts: '={{ "perhaps" }}' } }),
		'“Ignore SSL Issues” is neither on nor off',
	],
	[
		'two addresses under the mailbox',
		() => inSession({ login: typed('anna@example.com;ben@example.com') }),
		'“Mailbox” holds more than one address',
	],
	[
		'a letter of another alphabet in the mailbox',
		() => inSession({ login: typed('\u0430nna') }),
		'“Mailbox” holds “\u0430”, a letter that is not Latin (U+0430), among Latin ones',
	],
	[
		'a letter of another alphabet in the token',
		() => inCredential({ apiToken: '\u0410BCDEF0123456789' }),
		'“API Token” holds “\u0410”, a letter that is not Latin (U+0410)',
	],
	[
		'a no-break space in the user name',
		() => inCredential({ username: 'ali\u00a0ce' }),
		'“Username” holds a no-break space (U+00A0), which no user of cPanel or WHM has',
	],
	[
		'an unknown way to sign in',
		() => inCredential({ authentication: 'token' }),
		'“Authentication” of the credential has no such choice',
	],
	['a bad time-out', () => inSession({ options: { timeout: 0 } }), '“Timeout” is out of range'],
	[
		'a bad concurrency',
		() => inSession({ options: { maxConcurrency: 0 } }),
		'“Max Concurrency” is out of range',
	],
	[
		'an unknown operation',
		() => inSession({ operation: 'deleteEverything' }),
		'“Operation” has no such choice',
	],
	[
		'an unknown kind of session',
		() => inExisting({ sessionSource: 'other' }),
		'“Session” has no such choice',
	],
	['an empty session URL', () => inExisting({ sessionUrl: EMPTY }), '“Session URL” is empty'],
	[
		'a session URL on another scheme',
		() => inExisting({ sessionUrl: 'http://mail.example.com:2096/cpsess1' }),
		'“Session URL” does not start with https://',
	],
	[
		'a session URL without a token',
		() => inExisting({ sessionUrl: 'https://mail.example.com:2096/webmail' }),
		'“Session URL” holds no security token',
	],
	[
		'a session URL without a host',
		() => inExisting({ sessionUrl: 'https:///cpsess1' }),
		'“Session URL” is empty',
	],
	['an empty cookie', () => inExisting({ cookie: EMPTY }), '“Cookie” is empty'],
	[
		'a cookie that would break the header',
		() => inExisting({ cookie: 'a=b\r\nX-Evil: 1' }),
		'“Cookie” is not a cookie',
	],
	['an empty host', () => inLogin({ host: EMPTY }), '“Host” is empty'],
	[
		'a host with a path',
		() => inLogin({ host: 'mail.example.com/evil' }),
		'“Host” is not a host name or address',
	],
	[
		'a host with a user',
		() => inLogin({ host: 'user@mail.example.com' }),
		'“Host” is not a host name or address',
	],
	[
		'a host with a bad port',
		() => inLogin({ host: 'mail.example.com:65536' }),
		'The port in “Host” is out of range',
	],
	['an empty token', () => inLogin({ token: EMPTY }), '“Token” is empty'],
	[
		'a bad token',
		() => inLogin({ token: '/cpsess1/../../evil' }),
		'“Token” is not a security token of cPanel',
	],
	['an empty session', () => inLogin({ session: EMPTY }), '“Session” is empty'],
	[
		'a session with a line break',
		() => inLogin({ session: 'a:b\nc' }),
		'“Session” is not a session of cPanel',
	],
	[
		'a page on another server',
		() => inLogin({ options: { gotoUri: '//evil.example' } }),
		'“Go To” is not a path on the Webmail server',
	],
	[
		'a page with a backslash',
		() => inLogin({ options: { gotoUri: '/\\evil.example' } }),
		'“Go To” is not a path on the Webmail server',
	],
	[
		'a page with a scheme',
		() => inLogin({ options: { gotoUri: 'https://evil.example' } }),
		'“Go To” is not a path on the Webmail server',
	],
	[
		'a page with a token',
		() => inLogin({ options: { gotoUri: '/cpsess1/webmail' } }),
		'“Go To” starts with a security token',
	],
	[
		'an unknown method of a page',
		() => inLogin({ operation: 'createPage', method: 'put' }),
		'“Method” has no such choice',
	],
	['an empty server', () => inCredential({ server: ' ' }), '“Server” is empty'],
	[
		'a server without encryption',
		() => inCredential({ server: 'http://127.0.0.1' }),
		'“Server” starts with http://, which would send the credential unencrypted',
	],
	[
		'a server on another scheme',
		() => inCredential({ server: 'ftp://127.0.0.1' }),
		'“Server” starts with ftp://',
	],
	[
		'a server with a user and a password',
		() => inCredential({ server: 'https://alice:secret@127.0.0.1' }),
		'“Server” holds a user name or a password',
	],
	[
		'a server with a bad port',
		() => inCredential({ server: '127.0.0.1:0' }),
		'The port in “Server” is out of range',
	],
	[
		'a server that is none',
		() => inCredential({ server: 'not a server' }),
		'“Server” is not a host name or address',
	],
	['an empty user name', () => inCredential({ username: '' }), '“Username” is empty'],
	[
		'an empty token in the credential',
		() => inCredential({ apiToken: '' }),
		'“API Token” is empty',
	],
	[
		'a token with a line break',
		() => inCredential({ apiToken: 'ABC\nDEF' }),
		'“API Token” holds more than a token',
	],
	[
		'an empty password in the credential',
		() => inCredential({ authentication: 'password', password: '' }),
		'“Password” is empty',
	],
];

describe.each(refused)('%s', (_, chain, message) => {
	test('is refused before anything is sent', async () => {
		const { thrown } = await runChain({
			credential: tokenCredential(cpsrvd()),
			steps: [sessionStep()],
			...chain(),
		});

		expect(thrown).toMatchObject([
			{ name: 'NodeOperationError', message, description: expect.stringMatching(/\w/) },
		]);
		expect(cpsrvd().journal.entries).toEqual([]);
	});
});

test('one bad item of many is refused before any item is sent', async () => {
	const { thrown } = await runChain({
		items: [{ login: 'anna' }, { login: 'ben' }, { login: '' }],
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep({ login: typed('={{ $json.login }}') })],
	});

	expect(thrown).toMatchObject([{ message: '“Mailbox” is empty', context: { itemIndex: 2 } }]);
	expect(cpsrvd().journal.entries).toEqual([]);
});

test.each([
	'127.0.0.1',
	'127.0.0.1:2083',
	'https://127.0.0.1',
	'https://127.0.0.1:2083/',
	'HTTPS://127.0.0.1:2083/cpsess1/frontend/jupiter/index.html?x=1#y',
])('a server may be pasted as %s', async (pasted) => {
	const server = pasted.replace('127.0.0.1', cpsrvd().address);
	const chain = await runChain({
		credential: tokenCredential(cpsrvd(), { server }),
		steps: [sessionStep()],
	});
	expect(chain.output(0)?.[0]?.json.host).toBe(cpsrvd().address);
});

test('an expression that cannot be resolved names itself', async () => {
	const { thrown } = await runChain({
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep({ login: typed('={{ $("Nowhere").item.json.login }}') })],
	});
	expect(thrown).toMatchObject([{ message: expect.stringMatching(/Nowhere|node/) }]);
	expect(cpsrvd().journal.entries).toEqual([]);
});

const CALL = '/execute/Session/create_webmail_session_for_mail_user';

/** What the one call of a chain was sent with. */
async function sentWith(chain: Partial<Chain>): Promise<Record<string, string>> {
	const { thrown } = await runChain({
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep()],
		...chain,
	});
	expect(thrown).toEqual([]);
	const [call] = cpsrvd().journal.entries;
	expect(call?.path).toBe(CALL);
	return { ...call?.query, ...call?.form };
}

test.each([
	'Anna@Example.com',
	'mailto:anna@example.com?subject=Hello',
	'"Anna, IT" <anna@example.com>',
	'“anna@example.com”',
	'an\u200bna@example.com\u00a0',
	'={{ ["anna@example.com"] }}',
])('a mailbox may be given as %j', async (login) => {
	expect(await sentWith(inSession({ login: typed(login) }))).toMatchObject({
		domain: 'example.com',
		login: 'anna',
	});
});

test.each([
	'203.0.113.7, 172.71.22.154',
	'={{ "203.0.113.7, 10.0.0.1".split(",") }}',
	'10.0.0.1, 203.0.113.7',
	'203.0.113.7:51234',
	'[::ffff:203.0.113.7]:443',
	'\u200e203.0.113.7',
])('a visitor may come from %j', async (remoteAddress) => {
	expect(await sentWith(inSession({ remoteAddress }))).toMatchObject({
		remote_address: '203.0.113.7',
	});
});

test('what nobody sees in a token is taken off before one item and many are sent', async () => {
	const { apiToken } = SEED.alice;
	const copied = `\u200b“${apiToken.slice(0, 4)}\u200b${apiToken.slice(4)}”\u00a0`;
	for (const items of [[{}], [{}, {}, {}]]) {
		cpsrvd().reset();
		const { thrown, output } = await runChain({
			items,
			credential: tokenCredential(cpsrvd(), { apiToken: copied, username: '\ufeffalice\n' }),
			steps: [sessionStep()],
		});
		expect(thrown).toEqual([]);
		expect(output(0)).toHaveLength(items.length);
		for (const { headers } of cpsrvd().journal.entries) {
			expect(headers.authorization).toBe(`cpanel alice:${apiToken}`);
		}
	}
});

test('a switch in the credential may be on in words', async () => {
	for (const spelling of ['true', 1, 'Yes']) {
		const { thrown } = await runChain({
			credential: tokenCredential(cpsrvd(), { allowUnauthorizedCerts: spelling }),
			steps: [sessionStep()],
		});
		expect(thrown).toEqual([]);
	}
});

test.each([
	['a blank behind it', (session: string) => `${session} `],
	['a line end behind it', (session: string) => `${session}\r\n`],
	['quotes around it', (session: string) => `"${session}"`],
])('a session with %s logs in, and makes a link that does', async (_, copied) => {
	const made = await runChain({
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep(), sessionStep({ login: typed('ben') })],
	});
	const ticketOf = (step: number) =>
		made.output(step)?.[0]?.json as { host: string; token: string; session: string };
	const pasted = { ...ticketOf(0), host: `https://${ticketOf(0).host}` };
	const loggedIn = await runChain({
		items: [{ ...pasted, session: copied(pasted.session) }],
		steps: [loginStep()],
	});
	expect(loggedIn.output(0)?.[0]?.json.loggedIn).toBe(true);
	const linked = await runChain({
		items: [{ ...ticketOf(1), session: copied(ticketOf(1).session) }],
		steps: [loginStep({ operation: 'createLink' })],
	});
	const { url } = linked.output(0)?.[0]?.json as { url: string };
	expect(new URL(url).searchParams.get('session')).toBe(ticketOf(1).session);
});
