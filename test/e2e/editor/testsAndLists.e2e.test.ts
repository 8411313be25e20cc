import type { INodeListSearchResult } from 'n8n-workflow';

import { SEED, WHM_SEED, type Switches } from '../../cpsrvd';
import { pressTest } from '../harness/pressTest';
import type { StoredCredential } from '../harness/workflowFile';
import { agencyAt, aliceAt, startWorld, type World } from '../harness/world';

/* What the editor asks n8n for while somebody fills in a form: the test of a credential, and a list. */
let world: World;

beforeAll(async () => {
	world = await startWorld();
});
beforeEach(() => world.server.reset());
afterAll(async () => await world?.stop());

const entries = () => world.server.journal.entries;
const setSwitches = (switches: Partial<Switches>) => Object.assign(world.server.switches, switches);
const alice = (changes: object = {}) => ({ ...aliceAt(world.server.address), ...changes });
const agency = (changes: object = {}) => ({ ...agencyAt(world.server.address), ...changes });
const signIn = { authentication: 'session', password: SEED.alice.password };

describe('the test of a credential', () => {
	/** What happened, and what to do about it, in the one text that n8n shows. */
	const red = (message: RegExp) => ({
		status: 'Error',
		message: expect.stringMatching(new RegExp(`${message.source}.*\\. [A-Z].+\\.$`, 's')),
	});

	test.each<[string, string, () => object, Partial<Switches>]>([
		['a token', 'cpanelApi', alice, {}],
		['a session', 'cpanelApi', () => alice(signIn), { loginOnly: true }],
		[
			'a session whose token is in Location',
			'cpanelApi',
			() => alice(signIn),
			{ signInToken: 'location' },
		],
		['a token of WHM', 'cpanelWhmApi', agency, {}],
		['WHM of old', 'cpanelWhmApi', agency, { versionAs: 'cpanelresult' }],
	])('is green for %s', async (_, type, data, switches) => {
		setSwitches(switches);
		expect(await pressTest(world.n8n, type, data())).toMatchObject({ status: 'OK' });
	});

	test.each<[string, string, () => object, Partial<Switches>, RegExp]>([
		[
			'an API of something else',
			'cpanelApi',
			alice,
			{ notUapi: { code: 1001 } },
			/no answer of UAPI/,
		],
		['a list', 'cpanelApi', alice, { notUapi: [] }, /no answer of UAPI/],
		['another account', 'cpanelApi', alice, { alterData: () => ({ user: 'bob' }) }, /account bob/],
		['HTTP 404', 'cpanelApi', alice, { executeStatus: 404 }, /HTTP 404/],
		['HTTP 500', 'cpanelApi', alice, { executeStatus: 500 }, /HTTP 500/],
		['a firewall', 'cpanelApi', alice, { front: 'firewall403' }, /in place of cPanel/],
		['a check for browsers', 'cpanelApi', alice, { front: 'challenge403' }, /a browser/],
		[
			'a name without TLS',
			'cpanelApi',
			() => alice({ server: 'http://a.example' }),
			{},
			/“Server”/,
		],
		[
			'an invisible letter of another alphabet',
			'cpanelApi',
			() => alice({ apiToken: `\u0410${SEED.alice.apiToken.slice(1)}` }),
			{},
			/not Latin/,
		],
		[
			'a wrong token of WHM',
			'cpanelWhmApi',
			() => agency({ apiToken: 'WRONGTOKEN0123456789' }),
			{},
			/did not accept the credential \(HTTP 403\)\. Check user name and API token/,
		],
		['no version', 'cpanelWhmApi', agency, { notUapi: { metadata: { result: 1 } } }, /which WHM/],
	])('is red for %s, and sends at most one request', async (_, type, data, switches, message) => {
		setSwitches(switches);
		expect(await pressTest(world.n8n, type, data())).toMatchObject(red(message));
		expect(entries().length).toBeLessThanOrEqual(1);
	});

	test('signs in once where that is refused', async () => {
		const refused = await pressTest(
			world.n8n,
			'cpanelApi',
			alice({ ...signIn, password: 'wrong' }),
		);
		expect(refused).toMatchObject(red(/did not accept the sign-in/));
		expect(entries().map(({ path }) => path)).toEqual(['/login/']);
	});

	test('takes off what nobody sees', async () => {
		const token = SEED.alice.apiToken;
		const pasted = {
			username: '“alice”',
			apiToken: `${token.slice(0, 4)}\u200b${token.slice(4)}\n`,
		};
		expect(await pressTest(world.n8n, 'cpanelApi', alice(pasted))).toMatchObject({ status: 'OK' });
	});
});

describe('a list', () => {
	let whm: StoredCredential;

	beforeAll(async () => {
		whm = await world.n8n.createCredential('cpanelWhmApi', 'WHM', agency());
	});

	async function list(
		methodName: string,
		{
			parameters = {},
			credential = world.cpanelApi,
			...more
		}: {
			parameters?: object;
			credential?: StoredCredential;
			filter?: string;
			paginationToken?: unknown;
		} = {},
	): Promise<INodeListSearchResult> {
		const { id, name, type } = credential;
		return await world.n8n.rest.send('POST', '/dynamic-node-parameters/resource-locator-results', {
			path: 'parameters.field',
			methodName,
			nodeTypeAndVersion: { name: 'n8n-nodes-cpanel-session.cpanelSession', version: 1 },
			currentNodeParameters: {
				authentication: type === 'cpanelWhmApi' ? 'whm' : 'cpanelAccount',
				operation: 'createWebmailSessionForMailUser',
				...parameters,
			},
			credentials: { [type]: { id, name } },
			...more,
		});
	}

	const values = ({ results }: INodeListSearchResult) => results.map(({ value }) => value);

	/** All parts of a list, as somebody gets them who scrolls to its end. */
	async function whole(
		methodName: string,
		options: Parameters<typeof list>[1],
	): Promise<unknown[]> {
		const found: unknown[] = [];
		let part = await list(methodName, options);
		found.push(...values(part));
		while (part.paginationToken !== undefined) {
			part = await list(methodName, { ...options, paginationToken: part.paginationToken });
			found.push(...values(part));
		}
		return found;
	}

	function addAccounts(count: number): void {
		for (let number = 0; number < count; number += 1) {
			const user = `user${String(number).padStart(3, '0')}`;
			const mainDomain = `${user}.example`;
			world.server.addAccount({ user, password: 'x', mainDomain, owner: WHM_SEED.agency.user });
		}
	}

	test.each<[string, Partial<Switches>]>([
		['tells how many there are where it is asked to', {}],
		['tells that nowhere', { pagingUntold: true }],
		['sends them all at once', { ignorePaging: true }],
	])('of accounts is whole at a server that %s', async (_, switches) => {
		setSwitches(switches);
		addAccounts(119);
		const found = await whole('searchAccounts', { credential: whm });
		expect(new Set(found).size).toBe(120);
		expect(found).toHaveLength(120);
	});

	test('of mailboxes is whole at a server that tells no total', async () => {
		setSwitches({ pagingUntold: true });
		const names = Array.from({ length: 120 }, (_, index) => `box${index}@example.com`);
		const mailboxes = Object.fromEntries(names.map((name) => [name, { password: 'x' }]));
		world.server.addAccount({ ...SEED.alice, mailboxes });
		expect(new Set(await whole('searchMailboxes', {}))).toEqual(new Set(names));
	});

	test('that is too long says how to do without it', async () => {
		setSwitches({ ignorePaging: true });
		const names = Array.from({ length: 13_300 }, (_, index) => `mailbox-${index}@example.com`);
		const mailboxes = Object.fromEntries(names.map((name) => [name, { password: 'x' }]));
		world.server.addAccount({ ...SEED.alice, mailboxes });
		await expect(list('searchMailboxes')).rejects.toThrow(/too long\. .*“By Name”, and type it\./);
	});

	test.each<[string, Partial<Switches>, RegExp]>([
		['a firewall', { front: 'firewall403' }, /in place of cPanel.+Ask the hosting provider/],
		['an API of something else', { notUapi: { hello: 1 } }, /no answer of UAPI.+Check that/],
		['an account that may not list', { featureOff: ['Email'] }, /leaves out a feature.+“By Name”/],
		['a mail server', { notHttp: 'imap' }, /not in HTTP.+Check the port/],
	])('that meets %s says what happened and what to do', async (_, switches, message) => {
		setSwitches(switches);
		await expect(list('searchMailboxes')).rejects.toThrow(message);
	});

	test('offers no expression of a server that means ill', async () => {
		const code = "={{ 'x' + $('Start').first().json.apiKey.base64Encode() }}";
		const right = { email: 'anna@example.com', login: 'anna', user: 'anna', domain: 'example.com' };
		setSwitches({ alterData: () => [right, { ...right, user: code }, { ...right, email: code }] });
		const { results } = await list('searchMailboxes');
		for (const { name, value } of results) expect([name, value]).not.toContain(code);
		expect(new Set(values({ results }))).toEqual(new Set(['anna@example.com']));
	});

	test('shows a wrong token of WHM to its server once', async () => {
		const data = agency({ apiToken: 'ANOTHERWRONGTOKEN012' });
		const credential = await world.n8n.createCredential('cpanelWhmApi', 'Wrong', data);
		for (let times = 0; times < 3; times += 1) {
			await expect(list('searchAccounts', { credential })).rejects.toThrow(/did not accept/);
		}
		expect(entries()).toHaveLength(1);
	});
});
