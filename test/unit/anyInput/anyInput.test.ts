import crypto from 'crypto';
import { domainToUnicode } from 'url';

import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { ENTRIES } from './fields';
import type { Entry } from './fields';
import type { Outcome } from './fakeNode';
import { anyValue, pasted, knownTrouble } from './values';

/*
 * The values are the same on every run, so that a failure is one of the change; `npm run attacks` tries more of them.
 * To look for others: FUZZ_SEED=$RANDOM FUZZ_RUNS=5000 npx jest --selectProjects unit anyInput
 */
const { FUZZ_SEED: seed = '20260101', FUZZ_RUNS: runs = '15' } = process.env;
const PARAMETERS = { seed: Number(seed), numRuns: Number(runs) };

// the code of a second factor belongs to its half minute
beforeEach(() => {
	// an access link has an id of its own, which is drawn until its token suits: here in the same way each time
	let state = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => {
		state = 0;
		return 1_700_000_000_000;
	});
	jest.spyOn(crypto, 'randomInt').mockImplementation((most: number) => {
		// a linear congruential generator: it repeats itself after four thousand million draws
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return (state >>> 8) % most;
	});
});

const each = (entries: Entry[]) => entries.map((entry): [string, Entry] => [entry.where, entry]);

const isText = ({ field: { type } }: Entry): boolean =>
	type === 'string' || type === 'resourceLocator';
/** Whatever somebody likes to say, quotes and all. */
const isFree = ({ field: { name } }: Entry): boolean =>
	/^(reference|title|text|button|expiredText|secret|previousSecret)$/.test(name);
const isPassword = ({ field: { name } }: Entry): boolean => name === 'password';
const isSecret = ({ field: { typeOptions } }: Entry): boolean => typeOptions?.password === true;

test.each(each(ENTRIES))('what is right is sent: %s', async (_, { right, outcomeOf }) => {
	expect(await outcomeOf(right)).not.toHaveProperty('refused');
});

test.each(each(ENTRIES))(
	'anything else is sent as somebody could mean it, or is refused by name: %s',
	async (_, entry) => {
		await fc.assert(
			fc.asyncProperty(anyValue(entry.right), async (value) => {
				const outcome = await entry.outcomeOf(value);
				if ('refused' in outcome) expectRefusal(outcome, value, entry);
				else {
					if (isText(entry)) expect(isExact(value)).toBe(true);
					for (const request of outcome.requests) expectSendable(request, value);
				}
			}),
			{ ...PARAMETERS, examples: knownTrouble(entry.right).map((value): [unknown] => [value]) },
		);
	},
);

test.each(each(ENTRIES.filter((entry) => isText(entry) && entry.field.name !== 'previousSecret')))(
	'nothing is dropped without a word: %s',
	async (_, entry) => {
		const withNothing = await entry.outcomeOf('');
		await fc.assert(
			fc.asyncProperty(anyValue(entry.right), async (value) => {
				fc.pre(!isNothing(value));
				const outcome = await entry.outcomeOf(value);
				if (!('refused' in outcome)) expect(effectOf(outcome)).not.toBe(effectOf(withNothing));
			}),
			{ ...PARAMETERS, examples: knownTrouble(entry.right).map((value): [unknown] => [value]) },
		);
	},
);

test.each(each(ENTRIES.filter((entry) => isText(entry) && !isFree(entry) && !isPassword(entry))))(
	'what comes along with a copy makes no difference: %s',
	async (_, entry) => {
		const asItIs = effectOf(await entry.outcomeOf(entry.right));
		await fc.assert(
			fc.asyncProperty(pasted(String(entry.right)), async (value) => {
				const outcome = await entry.outcomeOf(value);
				// inside a path and a session nothing is taken off, so such a character is refused
				const isKept = ['gotoUri', 'session'].includes(entry.field.name);
				if (isKept && 'refused' in outcome) expectRefusal(outcome, value, entry);
				else expect(effectOf(outcome)).toBe(asItIs);
			}),
			PARAMETERS,
		);
	},
);

test.each(each(ENTRIES.filter((entry) => isPassword(entry))))(
	'a password is sent as it is: %s',
	async (_, entry) => {
		await fc.assert(
			fc.asyncProperty(
				fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), pasted('pä:ss wörd')),
				async (password) => {
					const { requests } = await entry.outcomeOf(password);
					expect(passwordsIn(requests)).toContain(password);
				},
			),
			PARAMETERS,
		);
	},
);

/** A refusal names its field, comes before anything is sent, and tells no secret. */
function expectRefusal(
	{ refused, requests }: Extract<Outcome, { refused: unknown }>,
	value: unknown,
	entry: Entry,
): void {
	const told = `${refused.message} ${refused.description ?? ''}`;
	expect(refused.name).toBe('NodeOperationError');
	expect(refused.message).toContain(`“${entry.field.displayName}”`);
	expect(refused.description).toMatch(/\w/);
	// the entry of a list that is refused is named as it was typed
	const unquoted = entry.field.name === 'refused' ? told.replace(/: “[^”]*”/, '') : told;
	expect(unquoted).not.toMatch(/undefined|\[object|\bnull\b/);
	expect(requests).toEqual([]);
	// a shorter one may be a part of any sentence
	const secret = isSecret(entry) && typeof value === 'string' ? value.trim() : '';
	if (secret.length > 8) expect(told).not.toContain(secret);
}

/** A request that both transports send alike, with nothing in it that nobody meant. */
function expectSendable({ url, headers = {}, body }: IHttpRequestOptions, value: unknown): void {
	expect(url).toMatch(/^https:\/\/[\x21-\x7e]+$/);
	expect(new URL(url).href.startsWith('https://')).toBe(true);
	for (const header of Object.entries(headers)) {
		expect(header).toEqual([header[0], expect.stringMatching(/^[\x20-\x7e]*$/)]);
	}
	const isText = typeof value === 'string';
	expectName(new URL(url).hostname);
	const sent = [...new URL(url).searchParams, ...(body instanceof URLSearchParams ? body : [])];
	for (const [name, content] of sent) {
		if (!isText)
			expect([name, content]).not.toEqual([name, expect.stringMatching(MADE_OF_ANOTHER_TYPE)]);
		if (!isText || !value.includes('\ufffd')) expect(content).not.toContain('\ufffd');
		if (name === 'domain') expectName(content);
		if (/^(pass|password|session|goto_uri)$/.test(name)) continue;
		expect([name, content]).toEqual([name, expect.not.stringMatching(/[\p{Cc}\p{Cf}\s]/u)]);
	}
}

/** Behind punycode may be anything that looks like something else. */
function expectName(ascii: string): void {
	expect(domainToUnicode(ascii) || ascii).toMatch(
		/^\[?[\p{L}\p{M}\p{N}\p{Extended_Pictographic}._:\-\u200c\u200d]+\]?$/u,
	);
}

/** Whether a number has the digits that were written: of a fraction, its last ones may be missing. */
function isExact(value: unknown): boolean {
	return !Number.isInteger(value) || Number.isSafeInteger(value);
}

/** What JavaScript makes a text of that was none. */
const MADE_OF_ANOTHER_TYPE = /^(undefined|null|NaN|true|false)$|\[object/;

/** What differs for the outside: what was sent, and what came out. */
function effectOf(outcome: Outcome): string {
	if ('refused' in outcome) return `refused: ${outcome.refused.message}`;
	const requests = outcome.requests.map(({ url, headers, body }) => [
		url,
		headers,
		body instanceof URLSearchParams ? body.toString() : undefined,
	]);
	return JSON.stringify([requests, outcome.output]);
}

/** What a field that was left empty holds, and what is as empty to whoever looks at it. */
function isNothing(value: unknown): boolean {
	if (value === null || value === undefined) return true;
	if (Array.isArray(value))
		return value.every((entry) => typeof entry === 'string' && isNothing(entry));
	return (
		typeof value === 'string' &&
		/^[\s\p{P}\p{Cf}\p{Default_Ignorable_Code_Point}`´\u0085\u2800]*$/u.test(value)
	);
}

function passwordsIn(requests: IHttpRequestOptions[]): string[] {
	return requests.flatMap(({ headers, body }) => {
		const { authorization = '' } = (headers ?? {}) as Record<string, string>;
		const [, basic = ''] = /^Basic (.+)$/.exec(authorization) ?? [];
		const form = body instanceof URLSearchParams ? body : new URLSearchParams();
		const decoded = Buffer.from(basic, 'base64').toString('utf8');
		return [
			decoded.slice(decoded.indexOf(':') + 1),
			...form.getAll('pass'),
			...form.getAll('password'),
		];
	});
}
