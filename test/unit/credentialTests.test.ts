import { Readable } from 'node:stream';
import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { testCpanelApi, testCpanelWhmApi } from '../../nodes/shared/n8n/credentialTests';
import { credentialKey, refusedCredentials } from '../../nodes/shared/n8n/lockout/recentRefusals';

const CPANEL = { server: 'cpanel.example.com', username: 'alice', apiToken: 'TOKEN0123456789' };
const WHM = { server: 'whm.example.com', username: 'root', apiToken: 'TOKEN0123456789' };
const GREEN = { status: 'OK', message: 'Connection successful!' };

/** What n8n's older request function is asked for here. */
interface Asked {
	uri: string;
	headers: Record<string, string>;
	timeout: number;
	rejectUnauthorized?: boolean;
}

type Test = typeof testCpanelApi;

interface Answer {
	status?: number;
	headers?: Record<string, string>;
	body?: object;
}

/** Presses the button. @returns the verdict, and what the server was asked */
async function press(
	test: Test,
	data: Record<string, string | boolean> | undefined,
	...answers: Answer[]
): Promise<{ verdict: INodeCredentialTestResult; asked: Asked[] }> {
	const asked: Asked[] = [];
	const request = async (options: Asked) => {
		const { status = 200, headers = {}, body = {} } = answers[asked.length] ?? { status: 500 };
		asked.push(options);
		return {
			statusCode: status,
			headers: { 'content-type': 'application/json', ...headers },
			body: Readable.from([Buffer.from(JSON.stringify(body))]),
			request: { socket: { encrypted: true } },
		};
	};
	const context = { helpers: { request } } as unknown as ICredentialTestFunctions;
	const credential = { id: '1', name: 'x', type: 'x', data };
	return { verdict: await test.call(context, credential), asked };
}

const answeredAs = (user: string): Answer => ({ body: { status: 1, data: { user } } });
const VERSION: Answer = { body: { metadata: { result: 1 }, data: { version: '11.134.0.1' } } };
const REFUSED: Answer = { status: 401, headers: { server: 'cpsrvd' } };

describe('the test of a cPanel credential', () => {
	it('is green where the account answers', async () => {
		const { verdict, asked } = await press(testCpanelApi, CPANEL, answeredAs('alice'));
		expect(verdict).toEqual(GREEN);
		expect(asked).toMatchObject([
			{
				uri: 'https://cpanel.example.com:2083/execute/Variables/get_user_information?name=user',
				timeout: 30_000,
			},
		]);
		expect(asked[0]).not.toHaveProperty('rejectUnauthorized');
	});

	it('accepts a certificate that cannot be verified where the credential does', async () => {
		const stored = { ...CPANEL, allowUnauthorizedCerts: true };
		const { asked } = await press(testCpanelApi, stored, answeredAs('alice'));
		expect(asked).toMatchObject([{ rejectUnauthorized: false }]);
	});

	it('gives back the session that it signed in for, also where another account answers', async () => {
		const stored = { ...CPANEL, authentication: 'session', apiToken: '', password: 'x' };
		const signedIn: Answer = {
			headers: { 'set-cookie': 'cpsession=alice%3aabc; path=/' },
			body: { status: 1, security_token: '/cpsess123', redirect: '/cpsess123/' },
		};
		const { verdict, asked } = await press(testCpanelApi, stored, signedIn, answeredAs('bob'), {});
		expect(verdict).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/to the account bob, and not to alice\. Under “Username”/),
		});
		expect(asked.map(({ uri }) => new URL(uri).pathname)).toEqual([
			'/login/',
			'/cpsess123/execute/Variables/get_user_information',
			'/cpsess123/logout/',
		]);
	});
});

describe('the test of a WHM credential', () => {
	it('is green where WHM tells its version', async () => {
		const { verdict, asked } = await press(testCpanelWhmApi, WHM, VERSION);
		expect(verdict).toEqual(GREEN);
		expect(new URL(asked[0]?.uri ?? '').pathname).toBe('/json-api/version');
	});
});

describe.each<[string, Test, typeof CPANEL, Answer]>([
	['cPanel', testCpanelApi, CPANEL, answeredAs('alice')],
	['WHM', testCpanelWhmApi, WHM, VERSION],
])('the test of a credential for %s', (_, test, data, good) => {
	it('says what is wrong and what to do', async () => {
		const { verdict } = await press(test, data, REFUSED);
		expect(verdict).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/did not accept the credential.+Check the user name/),
		});
	});

	it('tells the executions that come next of a refusal, and takes that back', async () => {
		await press(test, data, REFUSED);
		expect(refusedCredentials.recall(credentialKey(data))?.kind).toBe('credential');
		const { verdict, asked } = await press(test, data, good);
		// the server is asked although it refused a moment ago
		expect([verdict, asked.length]).toEqual([GREEN, 1]);
		expect(refusedCredentials.recall(credentialKey(data))).toBeUndefined();
	});

	it('sends nothing where a field is empty', async () => {
		for (const stored of [{ ...data, server: '' }, undefined]) {
			const { verdict, asked } = await press(test, stored, good);
			expect(verdict).toMatchObject({
				status: 'Error',
				message: expect.stringContaining('“Server” is empty'),
			});
			expect(asked).toEqual([]);
		}
	});

	it('names the switch for certificates where the person sees it', async () => {
		const error = Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
		const context = { helpers: { request: async () => await Promise.reject(error) } };
		const verdict = await test.call(context as unknown as ICredentialTestFunctions, {
			id: '1',
			name: 'x',
			type: 'x',
			data,
		});
		expect(verdict.message).toMatch(/“Ignore SSL Issues” in this credential/);
	});
});
