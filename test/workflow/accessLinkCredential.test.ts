import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { LINK_SECRET } from '../contract/accessLinks/links';
import { loadPackage } from '../engine/nodeTypes';
import { useTriggers } from './harness/accessLinks';
import { useCpsrvd } from './harness/cpanel';

const cpsrvd = useCpsrvd();
const publish = useTriggers(cpsrvd);

/** Presses the Test button of the credential, as n8n finds what to do then. */
async function pressTest(data: ICredentialDataDecryptedObject): Promise<INodeCredentialTestResult> {
	const { nodes } = await loadPackage();
	const results: INodeCredentialTestResult[] = [];
	for (const name of ['cpanelWebmailLogin', 'cpanelWebmailLoginTrigger']) {
		const node = nodes.get(name);
		const { testedBy } =
			node?.description.credentials?.find((each) => each.name === 'cpanelAccessLinkApi') ?? {};
		const test = node?.methods?.credentialTest?.[testedBy as string];
		const context = new CredentialTestContext() as unknown as ICredentialTestFunctions;
		const credential = { id: '1', name: 'Access links', type: 'cpanelAccessLinkApi', data };
		results.push((await test?.call(context, credential)) ?? { status: 'Error', message: '' });
	}
	const [result, other] = results as [INodeCredentialTestResult, INodeCredentialTestResult];
	expect(other).toEqual(result);
	return result;
}

/** Serves something else at an address while something is done. */
async function beside<Result>(
	listener: RequestListener,
	act: (address: string) => Promise<Result>,
): Promise<Result> {
	const server = createServer(listener);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		const { port } = server.address() as AddressInfo;
		return await act(`http://127.0.0.1:${port}/webhook/x`);
	} finally {
		server.close();
		server.closeAllConnections();
	}
}

describe('the test of the access link credential', () => {
	it('is green where the trigger has the same secret, and opens nothing', async () => {
		const trigger = await publish();
		expect(await pressTest({ address: trigger.url, secret: LINK_SECRET })).toMatchObject({
			status: 'OK',
			message: expect.stringContaining('Use this credential for no other trigger'),
		});
		expect(trigger.executions).toEqual([]);
		expect(cpsrvd().journal.entries).toEqual([]);
	});

	it('is green where the trigger knows the secret as the previous one', async () => {
		const trigger = await publish({
			cpanelAccessLinkApi: {
				secret: 'a new secret, long enough to be one as well',
				previousSecret: LINK_SECRET,
			},
		});
		expect(await pressTest({ address: trigger.url, secret: LINK_SECRET })).toMatchObject({
			status: 'OK',
		});
	});

	it('is red where nothing is published', async () => {
		const trigger = await publish();
		const address = trigger.url.replace('open-my-mailbox', 'nothing');
		expect(await pressTest({ address, secret: LINK_SECRET })).toEqual({
			status: 'Error',
			message: expect.stringContaining('No trigger is published at this address'),
		});
	});

	it('is red where the trigger uses a different secret', async () => {
		const trigger = await publish();
		const secret = 'another secret, long enough to be one as well';
		expect(await pressTest({ address: trigger.url, secret })).toEqual({
			status: 'Error',
			message: expect.stringContaining('uses a different secret'),
		});
	});

	it('is red where n8n does not get there', async () => {
		const address = await beside(
			() => {},
			async (gone) => gone,
		);
		expect(await pressTest({ address, secret: LINK_SECRET })).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^n8n cannot reach 127\.0\.0\.1:\d+\./),
		});
	});

	it('is red where the trigger cannot use its own credential', async () => {
		const trigger = await publish();
		trigger.credentials.cpanelAccessLinkApi = { secret: 'short' };
		expect(await pressTest({ address: trigger.url, secret: LINK_SECRET })).toEqual({
			status: 'Error',
			message: expect.stringContaining('cannot use'),
		});
	});

	it.each<[string, RequestListener]>([
		['says OK to everything', (_, response) => response.end('OK')],
		['repeats what it is asked', (request, response) => response.end(request.url?.split('t=')[1])],
		['says 403', (_, response) => response.writeHead(403).end('<h1>Forbidden</h1>')],
		['has no such page', (_, response) => response.writeHead(404).end('<h1>Not found</h1>')],
		['leads elsewhere', (_, response) => response.writeHead(302, { location: '/login' }).end()],
		['is out of order', (_, response) => response.writeHead(502).end()],
	])('is red where something else answers, which %s', async (_, listener) => {
		const result = await beside(
			listener,
			async (address) => await pressTest({ address, secret: LINK_SECRET }),
		);
		expect(result).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^Another service answered instead of .* at 127\.0\.0\.1:\d+/),
		});
	});

	it.each<[ICredentialDataDecryptedObject, RegExp]>([
		[{}, /“Address” is/],
		[{ address: 'http://n8n.example.com/webhook/x', secret: LINK_SECRET }, /“Address” starts with/],
		[{ address: 'https://n8n.example.com/webhook-test/x', secret: LINK_SECRET }, /Test URL/],
		[{ address: 'https://n8n.example.com/webhook/x', secret: 'short' }, /“Secret” has fewer/],
		[{ address: 'https://n8n.example.com/webhook/x' }, /“Secret” is empty/],
		[
			{ address: 'https://n8n.example.com/webhook/x', secret: '0123456789abcdef0123456789abcdef' },
			/“Secret” repeats/,
		],
	])('is red for what is of no use, without asking anybody: %j', async (data, message) => {
		expect(await pressTest(data)).toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	it('tells no secret', async () => {
		const trigger = await publish();
		const secret = 'another secret, long enough to be one as well';
		for (const address of [trigger.url, `${trigger.url}x`, 'http://127.255.0.1:1/x']) {
			expect((await pressTest({ address, secret })).message).not.toContain(secret);
		}
	});
});
