import type { INodeParameters } from 'n8n-workflow';

import { loginStep, sessionStep, tokenCredential, typed, useCpsrvd } from './harness/cpanel';
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

/* That every field is refused by name, whatever is in it, stands in unit/anyInput: here is what n8n makes of it. */
const refused: Array<[what: string, chain: () => Partial<Chain>, message: string]> = [
	[
		'a mailbox of another domain',
		() => inSession({ login: typed('anna@example.net') }),
		'“Mailbox” belongs to example.net, but “Domain” says example.com',
	],
	[
		'an empty mailbox password',
		() => inSession({ operation: checkPassword, password: EMPTY }),
		'“Password” is empty',
	],
	[
		'an object under an address',
		() => inSession({ remoteAddress: { a: '203.0.113.7' } }),
		'“Remote Address” contains an object, but a text is needed',
	],
	[
		'a list under the mailbox',
		() => inSession({ login: typed('={{ ["anna", "ben"] }}') }),
		'“Mailbox” contains a list (array) of 2 values, but a text is needed',
	],
	[
		'an empty list in place of a mailbox',
		() => inSession({ login: '={{ [] }}' }),
		'“Mailbox” contains an empty list (array), but a text is needed',
	],
	[
		'a date for a domain',
		() => inSession({ domain: '={{ $now }}' }),
		'“Domain” contains an object, but a text is needed',
	],
	[
		'a truth value under the locale',
		() => inSession({ options: { locale: typed('={{ true }}') } }),
		'“Locale” contains a boolean, but a text is needed',
	],
	[
		'a list under the account that WHM acts for',
		() => ({
			credentialType: 'cpanelWhmApi',
			credential: whmCredential(cpsrvd()),
			steps: [sessionStep({ authentication: 'whm', account: typed('={{ ["bob", "carol"] }}') })],
		}),
		'“cPanel Account” contains a list (array) of 2 values, but a text is needed',
	],
	[
		'a password that was rounded on its way',
		() => inSession({ operation: checkPassword, password: '={{ 12345678901234567890 }}' }),
		'“Password” is a number that is too long to be exact',
	],
	[
		'a switch that is neither on nor off',
		() => inLogin({ options: { allowUnauthorizedCerts: '={{ "perhaps" }}' } }),
		'“Ignore SSL Issues” is neither on nor off',
	],
	[
		'an unknown kind of session',
		() => inExisting({ sessionSource: 'other' }),
		'“Session” has an unknown value',
	],
	['an empty session URL', () => inExisting({ sessionUrl: EMPTY }), '“Session URL” is empty'],
	['an empty host', () => inLogin({ host: EMPTY }), '“Host” is empty'],
	[
		'a server without encryption',
		() => inCredential({ server: 'http://127.0.0.1' }),
		'“Server” starts with http://, which would send the credential unencrypted',
	],
	[
		'a token with a line break',
		() => inCredential({ apiToken: 'ABC\nDEF' }),
		'“API Token” contains more than a token',
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

test('an expression that cannot be resolved names itself', async () => {
	const { thrown } = await runChain({
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep({ login: typed('={{ $("Nowhere").item.json.login }}') })],
	});
	expect(thrown).toMatchObject([{ message: expect.stringMatching(/Nowhere|node/) }]);
	expect(cpsrvd().journal.entries).toEqual([]);
});
