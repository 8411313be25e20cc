import { openTransport } from '../../nodes/shared/http/openTransport';
import type { OpenedTransport } from '../../nodes/shared/http/openTransport';
import type { HttpResponse, HttpTransport } from '../../nodes/shared/http/HttpTransport';
import { SEED, startCpsrvd } from '../cpsrvd';
import type { Cpsrvd } from '../cpsrvd';
import { egressFilter, newestHelper } from './adapters';
import { startConnectProxy } from './connectProxy';
import type { ConnectProxy } from './connectProxy';
import { failure, freePort, get, TIMEOUT } from './support';

const outside = { ...process.env };
const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];

let cpanel: Cpsrvd;
let open: ConnectProxy;
let refusing: ConnectProxy;
const transports: HttpTransport[] = [];

beforeAll(async () => {
	cpanel = await startCpsrvd({ cpanelPort: 0, webmailPort: 0 });
	open = await startConnectProxy({ host: cpanel.address, port: cpanel.cpanelPort });
	refusing = await startConnectProxy({ refuses: 403 });
});
beforeEach(() => {
	for (const name of PROXY_VARIABLES) {
		delete process.env[name];
		delete process.env[name.toUpperCase()];
	}
});
afterEach(async () => {
	process.env = { ...outside };
	jest.restoreAllMocks();
	await Promise.all(transports.splice(0).map(async (transport) => await transport.close()));
	cpanel.reset();
	open.targets.length = 0;
	refusing.targets.length = 0;
});
afterAll(async () => {
	await Promise.all([open.stop(), refusing.stop(), cpanel.stop()]);
});

/** The transport of an execution with one item, or with many. */
function transportFor(items: 'one' | 'many', helpers = newestHelper): OpenedTransport {
	const transport = openTransport(helpers, {
		allowUnauthorizedCerts: true,
		keepConnections: items === 'many',
	});
	transports.push(transport);
	return transport;
}

async function ask(transport: HttpTransport, host: string): Promise<HttpResponse> {
	return await transport.send({
		...get(`https://${host}/execute/Session/create_webmail_session_for_self`),
		headers: { authorization: `cpanel alice:${SEED.alice.apiToken}` },
	});
}

/** What becomes of a request of an execution: its status, or why it has none. */
async function outcomes(items: 'one' | 'many', host: string): Promise<Array<string | number>> {
	const transport = transportFor(items);
	const all: Array<string | number> = [];
	for (let nth = 0; nth < (items === 'one' ? 1 : 3); nth++) {
		all.push(
			await ask(transport, host).then(
				({ status }) => status,
				({ kind, code }: { kind: string; code?: string }) => `${kind} ${code}`,
			),
		);
	}
	return all;
}

interface Network {
	/** By the names of the variables. */
	variables: () => Record<string, string>;
	/** Where the server is, as the user enters it. */
	host: () => string;
	outcome: string | number;
}

const direct = (): string => `${cpanel.address}:${cpanel.cpanelPort}`;
const byName = (): string => 'cpanel.invalid:2083';

const NETWORKS: Record<string, Network> = {
	'whose only way out is ALL_PROXY': {
		variables: () => ({ ALL_PROXY: open.url }),
		host: byName,
		outcome: 200,
	},
	'whose only way out is all_proxy': {
		variables: () => ({ all_proxy: open.url }),
		host: byName,
		outcome: 200,
	},
	'whose proxy is for HTTP alone': {
		variables: () => ({ HTTP_PROXY: refusing.url }),
		host: direct,
		outcome: 200,
	},
	'whose proxy for HTTP is down': {
		variables: () => ({ HTTP_PROXY: 'http://127.0.0.1:9' }),
		host: direct,
		outcome: 200,
	},
	'whose proxy for HTTP refuses and whose ALL_PROXY does not': {
		variables: () => ({ HTTP_PROXY: refusing.url, ALL_PROXY: open.url }),
		host: byName,
		outcome: 200,
	},
	'whose NO_PROXY begins with an asterisk': {
		variables: () => ({ HTTPS_PROXY: refusing.url, NO_PROXY: `*${cpanel.address.slice(1)}` }),
		host: direct,
		outcome: 200,
	},
	'whose NO_PROXY lists an asterisk among others': {
		variables: () => ({ HTTPS_PROXY: refusing.url, NO_PROXY: '*, example.com' }),
		host: direct,
		outcome: 200,
	},
	'whose NO_PROXY names the port': {
		variables: () => ({ HTTPS_PROXY: refusing.url, NO_PROXY: direct() }),
		host: direct,
		outcome: 200,
	},
	'whose NO_PROXY is for another port': {
		variables: () => ({ HTTPS_PROXY: open.url, NO_PROXY: '.invalid:1' }),
		host: byName,
		outcome: 200,
	},
	'whose NO_PROXY names a domain without its dot': {
		variables: () => ({ HTTPS_PROXY: open.url, NO_PROXY: 'invalid' }),
		host: byName,
		outcome: 200,
	},
	'whose proxy is a protocol that nobody knows': {
		variables: () => ({ HTTPS_PROXY: 'gopher://127.0.0.1:70', NO_PROXY: direct() }),
		host: direct,
		outcome: 200,
	},
	'whose proxy refuses': {
		variables: () => ({ HTTPS_PROXY: refusing.url }),
		host: direct,
		outcome: 'proxy 403',
	},
	'whose proxy is down': {
		variables: () => ({ HTTPS_PROXY: 'http://127.0.0.1:9' }),
		host: direct,
		outcome: 'proxyDown ECONNREFUSED',
	},
	'whose proxy has a name that is not known': {
		variables: () => ({ HTTPS_PROXY: 'http://proxy.invalid:3128' }),
		host: direct,
		outcome: 'proxyDown ENOTFOUND',
	},
};

describe.each(Object.entries(NETWORKS))('a network %s', (_name, { variables, host, outcome }) => {
	it('lets many items through as it lets one', async () => {
		Object.assign(process.env, variables());
		expect(await outcomes('one', host())).toEqual([outcome]);
		expect(await outcomes('many', host())).toEqual([outcome, outcome, outcome]);
	});
});

describe('a proxy variable without a scheme', () => {
	it('leads many items where it leads one', async () => {
		process.env.HTTPS_PROXY = open.url.replace('http://', '');
		const [one] = await outcomes('one', byName());
		expect(await outcomes('many', byName())).toEqual([one, one, one]);
	});
});

describe('a connection that is to be kept and cannot be opened', () => {
	it('is tried once, and then the server is the helper’s', async () => {
		process.env.HTTP_PROXY = refusing.url;
		expect(await outcomes('many', direct())).toEqual([200, 200, 200]);
		expect(refusing.targets).toHaveLength(1);
		expect(cpanel.journal.connections).toBe(3);
	});

	it('is told of where there was no other', async () => {
		const transport = transportFor('many');
		process.env.HTTP_PROXY = refusing.url;
		await ask(transport, direct());
		expect(transport.notKept).toBe('unreachable');
	});

	it('costs one request its way only where others were opened', async () => {
		const transport = transportFor('many');
		await ask(transport, direct());
		process.env.HTTP_PROXY = refusing.url;
		const requests = [1, 2, 3].map(async () => await ask(transport, direct()));
		expect((await Promise.all(requests)).map(({ status }) => status)).toEqual([200, 200, 200]);
		delete process.env.HTTP_PROXY;
		const before = cpanel.journal.connections;
		for (let nth = 0; nth < 3; nth++) await ask(transport, direct());
		expect(cpanel.journal.connections).toBe(before);
		expect(transport.notKept).toBeUndefined();
	});

	it('is given up in time for the helper, where nobody answers', async () => {
		const share = new AbortController();
		const passByThemselves = AbortSignal.timeout.bind(AbortSignal);
		jest
			.spyOn(AbortSignal, 'timeout')
			.mockImplementation((time) => (time === TIMEOUT / 3 ? share.signal : passByThemselves(time)));
		const transport = transportFor('many', {
			...newestHelper,
			getSecureEgressFilter: () => egressFilter({ createSecureLookup: () => () => share.abort() }),
		});
		process.env.ALL_PROXY = open.url;
		expect(await ask(transport, byName())).toMatchObject({ status: 200 });
		expect(cpanel.journal.connections).toBe(1);
	});

	it('is not asked of the helper where the policy forbids it', async () => {
		const refusal = Object.assign(new Error('by policy'), { name: 'SsrfBlockedIpError' });
		const transport = transportFor('many', {
			...newestHelper,
			getSecureEgressFilter: () =>
				egressFilter({ createSecureLookup: () => (_name, _options, done) => done(refusal, '') }),
		});
		const sent = transport.send(get(`https://localhost:${cpanel.cpanelPort}`));
		expect(await failure(sent)).toMatchObject({ kind: 'blocked' });
		expect(cpanel.journal.connections).toBe(0);
	});

	it('leaves the verdict to the helper: nothing listens', async () => {
		const host = `127.0.0.1:${await freePort()}`;
		expect(await failure(ask(transportFor('many'), host))).toMatchObject({ kind: 'refused', host });
	});
});
