import type * as OpenTransport from '../../nodes/shared/http/openTransport';
import type { HttpTransport } from '../../nodes/shared/http/HttpTransport';
import { startCpsrvd } from '../cpsrvd';
import type { Cpsrvd } from '../cpsrvd';
import { egressFilter, n8nHelper } from './adapters';
import { get } from './support';

describe('the transport that is opened for an execution', () => {
	const helperOnly = n8nHelper;
	const withPolicy = { ...n8nHelper, getSecureEgressFilter: () => egressFilter() };
	const options = { allowUnauthorizedCerts: true, keepConnections: true };
	let cpanel: Cpsrvd;

	beforeAll(async () => {
		cpanel = await startCpsrvd({ cpanelPort: 0, webmailPort: 0 });
	});
	afterEach(() => {
		jest.dontMock('undici');
		cpanel.reset();
	});
	afterAll(async () => await cpanel.stop());

	/** The module as it behaves where undici is there, is older than it may be, or is not. */
	async function load(undici: 'installed' | 'outdated' | 'missing'): Promise<typeof OpenTransport> {
		jest.resetModules();
		if (undici === 'missing') {
			jest.doMock('undici', () => {
				throw new Error("Cannot find module 'undici'");
			});
		}
		if (undici === 'outdated') jest.doMock('undici', () => ({ Agent: class {} }));
		return await import('../../nodes/shared/http/openTransport');
	}

	/** How many connections three requests took: the helper opens one for each. */
	async function connectionsFor(transport: HttpTransport): Promise<number> {
		for (let nth = 0; nth < 3; nth++) {
			expect(await transport.send(get(cpanel.cpanelOrigin))).toMatchObject({ status: 401 });
		}
		await transport.close();
		return cpanel.journal.connections;
	}

	it.each([
		['keeps its connections', 'installed', withPolicy, true, 1, undefined],
		['uses the helper where keeping would not pay', 'installed', withPolicy, false, 3, undefined],
		['uses the helper without a policy', 'installed', helperOnly, true, 3, 'oldN8n'],
		['uses the helper without undici', 'missing', withPolicy, true, 3, 'noUndici'],
		['uses the helper with an old undici', 'outdated', withPolicy, true, 3, 'noUndici'],
	] as const)(
		'%s, and tells why',
		async (_case, undici, helpers, keepConnections, connections, notKept) => {
			const { openTransport } = await load(undici);
			const transport = openTransport(helpers, { ...options, keepConnections });
			expect(transport.notKept).toBeUndefined();
			expect(await connectionsFor(transport)).toBe(connections);
			expect(transport.notKept).toBe(notKept);
		},
	);

	it('asks for the policy once, whatever the number of requests', async () => {
		const { openTransport } = await load('installed');
		const getSecureEgressFilter = jest.fn(() => egressFilter());
		const transport = openTransport({ ...n8nHelper, getSecureEgressFilter }, options);
		const requests = [1, 2, 3].map(async () => await transport.send(get(cpanel.cpanelOrigin)));
		await Promise.all(requests);
		await transport.close();
		expect(getSecureEgressFilter).toHaveBeenCalledTimes(1);
	});

	it('opens nothing for an execution without a request', async () => {
		const { openTransport } = await load('missing');
		const getSecureEgressFilter = jest.fn(() => egressFilter());
		const transport = openTransport({ ...n8nHelper, getSecureEgressFilter }, options);
		await transport.close();
		await transport.close();
		expect(getSecureEgressFilter).not.toHaveBeenCalled();
	});
});
