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
		['a token of WHM', 'cpanelWhmApi', agency, {}],
		['WHM of old', 'cpanelWhmApi', agency, { versionAs: 'cpanelresult' }],
	])('is green for %s', async (_, type, data, switches) => {
		setSwitches(switches);
		expect(await pressTest(world.n8n, type, data())).toMatchObject({ status: 'OK' });
	});

	// what else it is red for stands in the unit tests
	test.each<[string, string, () => object, Partial<Switches>, RegExp]>([
		[
			'an API of something else',
			'cpanelApi',
			alice,
			{ notUapi: { code: 1001 } },
			/not a response from UAPI/,
		],
		[
			'a name without TLS',
			'cpanelApi',
			() => alice({ server: 'http://a.example' }),
			{},
			/“Server”/,
		],
		[
			'a wrong token of WHM',
			'cpanelWhmApi',
			() => agency({ apiToken: 'WRONGTOKEN0123456789' }),
			{},
			/did not accept the credential \(HTTP 403\)\. Check the user name and API token/,
		],
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

	test('of accounts is whole', async () => {
		addAccounts(119);
		const found = await whole('searchAccounts', { credential: whm });
		expect(new Set(found).size).toBe(120);
		expect(found).toHaveLength(120);
	});

	test.each<[string, Partial<Switches>, RegExp]>([
		['a firewall', { front: 'firewall403' }, /instead of cPanel.+Ask the hosting provider/],
		[
			'an account that may not list',
			{ featureOff: ['Email'] },
			/does not include a feature.+“By Name”/,
		],
	])('that meets %s says what happened and what to do', async (_, switches, message) => {
		setSwitches(switches);
		await expect(list('searchMailboxes')).rejects.toThrow(message);
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
