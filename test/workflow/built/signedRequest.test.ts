/*
 * What n8n's HTTP Request node makes of a credential, with a proxy between that reads along where it can. The node is
 * told in its own words what the proxy wants; that the proxy reads along otherwise shows in the last test.
 */
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { createAuthority } from '../../contract/certificates';
import { startInterceptingProxy } from '../../contract/interceptingProxy';
import type { InterceptingProxy } from '../../contract/interceptingProxy';
import { runChain } from '../../engine/engine';
import { loadPackage } from '../../engine/nodeTypes';
import { tokenCredential, useCpsrvd } from '../harness/cpanel';
import { whmCredential } from '../harness/ways';

const cpsrvd = useCpsrvd();
let proxy: InterceptingProxy;
let authority: string;

beforeAll(async () => {
	const nobody = await createAuthority('An authority that nobody trusts');
	authority = nobody.cert;
	proxy = await startInterceptingProxy(await nobody.issue({ name: '127.0.0.1' }));
});
beforeEach(() => void proxy.read.splice(0));
afterAll(async () => await proxy.stop());

type Options = Record<string, unknown>;

/** Both functions by which a node of n8n's can have a credential sign. The HTTP Request node uses the older. */
const FUNCTIONS = {
	requestWithAuthentication: { uri: '', rejectUnauthorized: true, resolveWithFullResponse: true },
	httpRequestWithAuthentication: { url: '', returnFullResponse: true },
} as const;
type FunctionName = keyof typeof FUNCTIONS;

/** Runs a node that sends one request, and returns what it ends with. */
async function send(
	name: FunctionName,
	options: Options,
	{
		type = 'cpanelApi',
		ignores = false,
	}: { type?: 'cpanelApi' | 'cpanelWhmApi'; ignores?: boolean } = {},
): Promise<string> {
	const { nodes, credentials } = await loadPackage();
	const request: INodeType = {
		description: {
			displayName: 'Request',
			name: 'request',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Request' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: type }],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const { statusCode } = (await this.helpers[name].call(this, type, options as never)) as {
				statusCode: number;
			};
			return [[{ json: { statusCode } }]];
		},
	};
	const make = type === 'cpanelApi' ? tokenCredential : whmCredential;
	const { run, output } = await runChain({
		credential: { ...make(cpsrvd()), allowUnauthorizedCerts: ignores },
		credentialType: type,
		steps: [{ type: 'cpanelSession' }],
		nodesFrom: { nodes: new Map([...nodes, ['cpanelSession', request]]), credentials },
	});
	const { error } = run.data.resultData;
	return error?.message ?? `HTTP ${output(0)?.[0]?.json.statusCode as number}`;
}

const CASES = Object.keys(FUNCTIONS).flatMap((name) =>
	(['cpanelApi', 'cpanelWhmApi'] as const).map((type) => [name as FunctionName, type] as const),
);

function requestOf(name: FunctionName, type: 'cpanelApi' | 'cpanelWhmApi', more: Options): Options {
	const path =
		type === 'cpanelApi' ? '/execute/Email/list_pops' : '/json-api/version?api.version=1';
	const address = (type === 'cpanelApi' ? cpsrvd().cpanelOrigin : cpsrvd().whmOrigin) + path;
	const target = name === 'requestWithAuthentication' ? { uri: address } : { url: address };
	return { ...FUNCTIONS[name], ...target, ...more };
}

describe.each(CASES)('a request by %s with %s', (name, type) => {
	it('goes to the server of the credential, whose certificate the credential says to ignore', async () => {
		expect(await send(name, requestOf(name, type, {}), { type, ignores: true })).toBe('HTTP 200');
		expect(cpsrvd().journal.entries).toHaveLength(1);
	});

	it('does not, where the credential wants the certificate checked', async () => {
		expect(await send(name, requestOf(name, type, {}), { type })).not.toBe('HTTP 200');
		expect(cpsrvd().journal.entries).toEqual([]);
	});

	it.each<[string, () => Options]>([
		['a proxy', () => ({ proxy: proxy.url })],
		[
			'a proxy in parts',
			() => ({ proxy: { protocol: 'http', host: '127.0.0.1', port: proxy.port } }),
		],
		['a proxy and no checking', () => ({ proxy: proxy.url, rejectUnauthorized: false })],
		[
			'a proxy and no checking in the other words',
			() => ({ proxy: proxy.url, skipSslCertificateValidation: true }),
		],
		['a proxy and its authority', () => ({ proxy: proxy.url, agentOptions: { ca: authority } })],
		[
			'a proxy and options without checking',
			() => ({ proxy: proxy.url, agentOptions: { rejectUnauthorized: false } }),
		],
		['no checking', () => ({ rejectUnauthorized: false, skipSslCertificateValidation: true })],
		['an authority', () => ({ agentOptions: { ca: authority } })],
		['another Host', () => ({ headers: { Host: 'evil.example' } })],
		['a second sign-in', () => ({ auth: { username: 'a', password: 'b', user: 'a', pass: 'b' } })],
	])('is not sent with %s', async (_, more) => {
		const outcome = await send(name, requestOf(name, type, more()), { type });
		expect(outcome).toMatch(/^The request (brings|ignores|signs in)/);
		expect(proxy.read).toEqual([]);
		expect(cpsrvd().journal.entries).toEqual([]);
	});

	it('is not sent through a proxy that the credential would not notice either', async () => {
		const outcome = await send(name, requestOf(name, type, { proxy: proxy.url }), {
			type,
			ignores: true,
		});
		expect(outcome).toBe('The request brings a proxy of its own');
		expect(proxy.read).toEqual([]);
	});
});

/** Set by the jest project: the newest engine alone. n8n-core 2.8.1 checks certificates behind a proxy in any case. */
declare const KEEPS_CONNECTIONS: boolean;

(KEEPS_CONNECTIONS ? it : it.skip)(
	'the proxy does read along what n8n sends without a credential',
	async () => {
		const { nodes, credentials } = await loadPackage();
		const request = {
			description: {
				displayName: 'Request',
				name: 'request',
				group: ['transform'],
				version: 1,
				description: '',
				defaults: { name: 'Request' },
				inputs: [NodeConnectionTypes.Main],
				outputs: [NodeConnectionTypes.Main],
				properties: [],
			},
			async execute(this: IExecuteFunctions) {
				await this.helpers.request({
					uri: cpsrvd().cpanelOrigin,
					headers: { authorization: 'READ THIS' },
					proxy: proxy.url,
					rejectUnauthorized: false,
				});
				return [[{ json: {} }]];
			},
		} as INodeType;
		await runChain({
			steps: [{ type: 'cpanelSession' }],
			nodesFrom: { nodes: new Map([...nodes, ['cpanelSession', request]]), credentials },
		});
		expect(proxy.read).toMatchObject([{ authorization: 'READ THIS' }]);
	},
);
