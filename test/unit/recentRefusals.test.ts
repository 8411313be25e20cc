import { CpanelError } from '../../nodes/shared/errors';
import type { CpanelErrorKind } from '../../nodes/shared/errors';
import {
	RefusedCredentials,
	RefusedSignIns,
	credentialKey,
} from '../../nodes/shared/n8n/lockout/recentRefusals';
import { rejectionOf } from './thrown';

function error(kind: CpanelErrorKind = 'credential'): CpanelError {
	return new CpanelError(kind, 'Not accepted', { hint: 'Check it.', httpStatus: 401 });
}

describe('a credential that was refused', () => {
	it('is not shown to the server again for a minute', async () => {
		let now = 0;
		const memory = new RefusedCredentials(() => now);
		const ask = jest.fn(async () => await Promise.reject(error()));
		await rejectionOf(memory.guard('key', ask));
		now = 59_999;
		expect(await rejectionOf(memory.guard('key', ask))).toMatchObject({
			kind: 'credential',
			message: 'Not accepted',
			hint: expect.stringContaining(
				'Check it. The server refused the credential less than a minute ago',
			),
			httpStatus: 401,
		});
		expect(ask).toHaveBeenCalledTimes(1);
		await rejectionOf(memory.guard('other', ask));
		expect(ask).toHaveBeenCalledTimes(2);
		now = 60_001;
		await rejectionOf(memory.guard('key', ask));
		expect(ask).toHaveBeenCalledTimes(3);
	});

	it.each<CpanelErrorKind>(['refusal', 'signIn', 'answer', 'busy', 'connection', 'input'])(
		'is not one for this: %s',
		async (kind) => {
			const memory = new RefusedCredentials(() => 0);
			const thrown = error(kind);
			expect(await rejectionOf(memory.guard('key', async () => await Promise.reject(thrown)))).toBe(
				thrown,
			);
			expect(await memory.guard('key', async () => 'answer')).toBe('answer');
		},
	);

	it('is shown to it all the same for whoever forgets the refusal', async () => {
		const memory = new RefusedCredentials(() => 0);
		memory.remember('key', error());
		memory.forget('key');
		expect(await memory.guard('key', async () => 'answer')).toBe('answer');
	});

	it('is forgotten for others, when there are more than an instance can have', () => {
		const memory = new RefusedCredentials(() => 0);
		for (let nth = 0; nth <= 1000; nth++) memory.remember(`key ${nth}`, error());
		expect(memory.recall('key 0')).toBeUndefined();
		expect(memory.recall('key 1')).toBeDefined();
		expect(memory.recall('key 1000')).toBeDefined();
	});

	it('is known by a name that tells nothing of it, and is another when anything is changed', () => {
		const stored = { server: 'one.example', username: 'alice', apiToken: 'SECRETTOKEN' };
		const key = credentialKey(stored);
		expect(key).toMatch(/^[0-9a-f]{64}$/);
		expect(
			credentialKey({ apiToken: 'SECRETTOKEN', username: 'alice', server: 'one.example' }),
		).toBe(key);
		for (const change of [{ server: 'two.example' }, { username: 'bob' }, { apiToken: 'OTHER' }]) {
			expect(credentialKey({ ...stored, ...change })).not.toBe(key);
		}
	});
});

describe('sign-ins that were refused', () => {
	it('are remembered for so many servers, the latest of them', () => {
		const memory = new RefusedSignIns(() => 0);
		for (let nth = 0; nth <= 1000; nth++)
			memory.note(`https://name${nth}.example`, error('signIn'));
		expect(memory.recent('https://name0.example').count).toBe(0);
		expect(memory.recent('https://name1.example').count).toBe(1);
	});

	it('are forgotten one by one as their minute ends', () => {
		let now = 0;
		const memory = new RefusedSignIns(() => now);
		memory.note('https://one.example:2096', error('signIn'));
		now = 30_000;
		memory.note('https://one.example:2083', error('credential'));
		expect(memory.recent('https://one.example')).toMatchObject({
			count: 2,
			last: { kind: 'credential' },
		});
		now = 60_001;
		expect(memory.recent('https://one.example')).toMatchObject({
			count: 1,
			last: { kind: 'credential' },
		});
		expect(memory.recent('').count).toBe(0);
		now = 90_001;
		expect(memory.recent('https://one.example')).toEqual({ count: 0, last: undefined });
	});
});
