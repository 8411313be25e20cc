import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { CpanelError } from '../../nodes/shared/errors';
import type { Outcome } from '../../nodes/shared/n8n/batch/ItemPlan';
import type { ServerReport } from '../../nodes/shared/n8n/batch/ServerQueue';
import { addHints, lostResults } from '../../nodes/shared/n8n/batch/executionHints';
import type { BatchResult } from '../../nodes/shared/n8n/batch/runBatch';

const DONE: Outcome = { answer: { items: [{ json: {} }] } };

function refused(message: string): Outcome {
	return { error: new CpanelError('refusal', message, { hint: 'Do this.' }) };
}

function warned(...warnings: string[]): Outcome {
	return { answer: { items: [{ json: {} }], warnings } };
}

/** The hints that tell of something to look at, which are warnings, and those that are not. */
function allHintsOf(result: BatchResult): NodeExecutionHint[] {
	const hints: NodeExecutionHint[] = [];
	const context = { addExecutionHints: (...more: NodeExecutionHint[]) => hints.push(...more) };
	addHints(context as unknown as IExecuteFunctions, result);
	return hints;
}

function hintsOf(outcomes: Outcome[], servers: ServerReport[] = []): string[] {
	const hints = allHintsOf({ outcomes, servers });
	for (const { type, location } of hints) {
		expect([type, location]).toEqual(['warning', 'outputPane']);
	}
	return hints.map(({ message }) => message);
}

describe('the hints after a batch', () => {
	it('are none where everything went well, and none for one item, which tells by itself', () => {
		expect(hintsOf([])).toEqual([]);
		expect(hintsOf([DONE, DONE], [{ leftOut: 0 }])).toEqual([]);
		expect(hintsOf([refused('No')])).toEqual([]);
	});

	it('say which items have no result, by reason, the most frequent first', () => {
		const outcomes = [refused('One'), DONE, ...Array.from({ length: 5 }, () => refused('Two!'))];
		expect(hintsOf([...outcomes, { error: new TypeError('SECRET') }])).toEqual([
			'7 of 8 items have no result. Items 2, 3, 4 and 2 more: Two! Item 0: One. ' +
				'Item 7: The node encountered an unexpected error (TypeError).',
		]);
	});

	it('tell a handful of reasons, and count the others', () => {
		const outcomes = Array.from({ length: 1000 }, (_, index) => refused(`No ${index}`));
		const [hint, ...others] = hintsOf([DONE, ...outcomes]);
		expect(others).toEqual([]);
		expect(hint).toMatch(
			/^1000 of 1001 items have no result\. Item 1: No 0\. .+ Item 5: No 4\. 995 items for other reasons\.$/,
		);
	});

	it('bring a warning once, whatever the number of items', () => {
		const outcomes = Array.from({ length: 1000 }, () => warned('Beware.'));
		expect(hintsOf(outcomes)).toEqual(['Items 0, 1, 2 and 997 more: Beware.']);
		expect(hintsOf([warned('Beware.')])).toEqual(['Item 0: Beware.']);
	});

	it('bring a handful of warnings, and count the others', () => {
		const hints = hintsOf(Array.from({ length: 7 }, (_, index) => warned('All.', `No ${index}`)));
		expect(hints).toHaveLength(6);
		expect(hints[0]).toBe('Items 0, 1, 2 and 4 more: All.');
		expect(hints[5]).toBe('3 items had other warnings.');
	});

	it('say that the batch slowed down, and what the server said', () => {
		const error = new CpanelError('busy', 'x.example:2083 is busy', { hint: '' });
		const busy = { error, answers: 12, pausedFor: 33_600 };
		expect(hintsOf([DONE], [{ leftOut: 0, busy }])).toEqual([
			'The batch slowed down: x.example:2083 is busy. The server sent this response to 12 of the requests. ' +
				'After pauses of 34 s in total, the batch continued with fewer requests at once.',
		]);
	});

	it('say of a server that was given up only that', () => {
		const verdict = new CpanelError('busy', 'Given up: Busy', { hint: 'Wait.' });
		const busy = { error: verdict, answers: 6, pausedFor: 31_000 };
		expect(hintsOf([DONE], [{ leftOut: 3, verdict, busy }])).toEqual([
			'The batch was stopped, and 3 items were not sent: Given up: Busy. Wait.',
		]);
	});

	it('say that the batch was stopped, why, and what to do', () => {
		const verdict = new CpanelError('credential', 'Not accepted', { hint: 'Check it.' });
		expect(hintsOf([DONE], [{ leftOut: 1, verdict }])).toEqual([
			'The batch was stopped, and 1 item was not sent: Not accepted. Check it.',
		]);
		expect(hintsOf([DONE], [{ leftOut: 40, verdict }])).toEqual([
			'The batch was stopped, and 40 items were not sent: Not accepted. Check it.',
		]);
		expect(hintsOf([DONE], [{ leftOut: 0, verdict }])).toEqual([]);
	});

	it('are few also where many servers had something to say', () => {
		const verdict = new CpanelError('signIn', 'Refused', { hint: 'Wait.' });
		const error = new CpanelError('busy', 'Busy', { hint: '' });
		const server = { leftOut: 3, verdict, busy: { error, answers: 1, pausedFor: 1 } };
		expect(
			hintsOf(
				[DONE],
				Array.from({ length: 50 }, () => server),
			),
		).toHaveLength(10);
	});

	it('are shown by n8n as HTML, so that a server’s words are kept from being read as that', () => {
		expect(hintsOf([warned('<b>R&D')])).toEqual(['Item 0: b R&amp;D']);
	});

	it('are left out in a version of n8n that has none', () => {
		const context = {} as IExecuteFunctions;
		expect(() => addHints(context, { outcomes: [warned('x')], servers: [] })).not.toThrow();
	});
});

describe('what an error says in place of hints', () => {
	it('is how many items were done, where there were several', () => {
		const result = { outcomes: [DONE, refused('No'), DONE], servers: [] };
		expect(lostResults(result, 50)).toBe(
			'2 of 50 items were done by then; with “On Error: Continue” under “Settings”, each would have kept its own result.',
		);
		expect(lostResults(result, 1)).toBeUndefined();
	});
});

describe('the hint about connections that were not kept', () => {
	const thousand = Array.from({ length: 1000 }, () => DONE);

	it.each([
		['noUndici', /“undici” keeps them.+“npm install undici@7 --prefix ~\/\.n8n”/],
		['oldN8n', /^Connections were not kept.+Update n8n/],
		['unreachable', /HTTPS_PROXY/],
	] as const)('says what to do (%s)', (notKept, whatToDo) => {
		const [hint, ...others] = allHintsOf({ outcomes: thousand, servers: [], notKept });
		expect(others).toEqual([]);
		expect(hint).toMatchObject({ type: 'info', location: 'outputPane' });
		expect(hint?.message).toMatch(/^Connections were not kept: for 1000 items, /);
		expect(hint?.message).toMatch(whatToDo);
	});

	it('comes after a large batch that was done, and after no other', () => {
		const notKept = 'noUndici';
		const after = (outcomes: Outcome[]): number =>
			allHintsOf({ outcomes, servers: [], notKept }).filter(({ type }) => type === 'info').length;
		expect(after(thousand.slice(0, 199))).toBe(0);
		expect(after(thousand.slice(0, 200))).toBe(1);
		expect(after(thousand.map(() => refused('No')))).toBe(0);
		expect(allHintsOf({ outcomes: thousand, servers: [] })).toEqual([]);
	});
});
