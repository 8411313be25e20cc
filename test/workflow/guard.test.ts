import type { IDataObject } from 'n8n-workflow';

import {
	ANNA_PASSWORD,
	loginStep,
	sessionStep,
	tokenCredential,
	typed,
	useCpsrvd,
} from './harness/cpanel';
import { letAMinutePass } from './harness/minutes';
import { callsTo } from './harness/ways';
import { runChain } from '../engine/engine';
import type { ChainRun } from '../engine/engine';

const cpsrvd = useCpsrvd();

const CONTINUE = 'continueRegularOutput';
const wrongToken = { apiToken: 'WRONGTOKEN0123456789' };

function errorsOf(chain: ChainRun, step = 0): unknown[] {
	return (chain.output(step) ?? []).map(({ json }) => json.error);
}

function requests(): number {
	return cpsrvd().journal.entries.length;
}

describe('a refused credential', () => {
	const refused = async () =>
		await runChain({
			credential: tokenCredential(cpsrvd(), wrongToken),
			steps: [sessionStep({}, CONTINUE)],
		});

	test('is shown once in a loop of twenty rounds', async () => {
		for (let round = 0; round < 20; round++) {
			expect(errorsOf(await refused())).toEqual([
				expect.stringMatching(/did not accept the credential/),
			]);
		}
		expect(requests()).toBe(1);
	});

	test('is asked about again after a minute, and at once when it was changed', async () => {
		await refused();
		letAMinutePass();
		await refused();
		expect(requests()).toBe(2);
		const chain = await runChain({
			credential: tokenCredential(cpsrvd()),
			steps: [sessionStep()],
		});
		expect(chain.thrown).toEqual([]);
	});
});

describe('secrets of the items', () => {
	const check = (passwords: string[]) => ({
		items: passwords.map((password): IDataObject => ({ password })),
		credential: tokenCredential(cpsrvd()),
		steps: [
			sessionStep(
				{
					operation: 'createWebmailSessionForMailUserCheckPassword',
					password: '={{ $json.password }}',
				},
				CONTINUE,
			),
		],
	});
	const locked = () => ['anna@example.com', '127.0.0.1'].some((name) => cpsrvd().locked(name));

	test('lock nobody out where every second one is right', async () => {
		const passwords = Array.from({ length: 40 }, (_, nth) =>
			nth % 2 === 0 ? ANNA_PASSWORD : `wrong ${nth}`,
		);
		const chain = await runChain(check(passwords));
		const errors = errorsOf(chain);
		expect(errors).toHaveLength(40);
		expect(errors.filter((error) => /password/i.test(String(error)))).not.toEqual([]);
		expect(errors[39]).toMatch(/^Not sent: this server refused 3 sign-ins within a minute/);
		expect(locked()).toBe(false);
	});

	test('lock nobody out in a loop of twenty rounds, and go on after a minute', async () => {
		for (let round = 0; round < 20; round++) await runChain(check([`wrong ${round}`]));
		expect(callsTo(cpsrvd())).toHaveLength(3);
		expect(locked()).toBe(false);
		letAMinutePass();
		expect(errorsOf(await runChain(check([ANNA_PASSWORD])))).toEqual([undefined]);
	});
});

describe('sessions of the items that are refused', () => {
	/** A field that is right for the first and the second item, and wrong for those that follow. */
	const rightAtFirst = (field: string, wrong: string) =>
		`={{ $itemIndex < 2 ? $json.${field} : '${wrong}' }}`;
	const twenty = Array.from({ length: 20 }, () => ({}));

	const locksNobodyOut = (chain: ChainRun, step: number) => {
		expect(chain.thrown).toEqual([]);
		const errors = errorsOf(chain, step);
		expect(errors.slice(0, 2)).toEqual([undefined, undefined]);
		expect(errors[19]).toMatch(/^Not sent: this server refused 3 sign-ins within a minute/);
		expect(errors.filter((error) => !/^Not sent/.test(String(error)))).toHaveLength(2 + 3);
	};

	test('lock nobody out where temporary users are created in them', async () => {
		const chain = await runChain({
			items: twenty,
			credential: tokenCredential(cpsrvd()),
			steps: [
				sessionStep(),
				loginStep(),
				sessionStep(
					{
						operation: 'createTempUser',
						sessionSource: 'existing',
						cookie: rightAtFirst('cookie', 'webmailsession=anna%3aWRONG'),
					},
					CONTINUE,
				),
			],
		});
		locksNobodyOut(chain, 2);
	});

	test('lock nobody out where they are logged in to', async () => {
		const chain = await runChain({
			items: twenty,
			credential: tokenCredential(cpsrvd()),
			steps: [
				sessionStep(),
				loginStep({ session: rightAtFirst('session', 'anna@example.com:WRONG:X,0123') }, CONTINUE),
			],
		});
		locksNobodyOut(chain, 1);
	});
});

describe('before any answer was accepted', () => {
	const fifty = Array.from({ length: 50 }, () => ({}));
	const run = async () =>
		await runChain({
			items: fifty,
			credential: tokenCredential(cpsrvd()),
			steps: [sessionStep({}, CONTINUE)],
		});

	test.each([
		['a page with a status of its own', { executeStatus: 500 }],
		['a reset', { reset: 'before-answer' }],
	])('three failures end a batch of fifty: %s', async (_, switches) => {
		Object.assign(cpsrvd().switches, switches);
		const chain = await run();
		const errors = errorsOf(chain);
		expect(errors).toHaveLength(50);
		expect(errors.every((error) => typeof error === 'string')).toBe(true);
		expect(errors[49]).toMatch(/^Not sent: 3 requests failed before any was accepted/);
		expect(requests()).toBe(3);
	});

	test('a refusal of one mailbox is an accepted answer', async () => {
		const items = fifty.map((_, nth) => ({ login: nth < 10 ? 'nobody' : 'anna' }));
		const chain = await runChain({
			items,
			credential: tokenCredential(cpsrvd()),
			steps: [sessionStep({ login: typed('={{ $json.login }}') }, CONTINUE)],
		});
		expect(errorsOf(chain).filter((error) => error === undefined)).toHaveLength(40);
	});
});
