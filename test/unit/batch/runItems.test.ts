import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { CpanelError, badInput } from '../../../nodes/shared/errors';
import type { ItemPlan, ItemTask } from '../../../nodes/shared/n8n/batch/ItemPlan';
import { runItems } from '../../../nodes/shared/n8n/batch/runItems';
import { NODE } from '../node';
import { passTime, useJestClock } from './jestClock';
import { done, plan } from './plan';

useJestClock();

const REFUSED = new CpanelError('refusal', 'It was refused', { hint: 'Do this.' });
const REFUSED_TEXT = 'It was refused. Do this.';

interface World {
	input?: INodeExecutionData[];
	/** What *On Error* is set to. */
	onError?: INode['onError'];
	stop?: AbortSignal;
	open?: () => Promise<ItemPlan>;
}

/** What a node of these settings makes of its items, and the hints that it shows. */
async function run(
	taskOf: (itemIndex: number) => Partial<ItemTask>,
	{ input = [{ json: {} }, { json: {} }, { json: {} }], onError, stop, open }: World = {},
) {
	const hints: string[] = [];
	let closed = 0;
	const context = {
		getNode: () => ({ ...NODE, onError }),
		getInputData: () => input,
		continueOnFail: () => onError !== undefined && onError !== 'stopWorkflow',
		getExecutionCancelSignal: () => stop,
		addExecutionHints: ({ message }: { message: string }) => void hints.push(message),
	} as unknown as IExecuteFunctions;
	const ofItems = plan({
		read: (itemIndex) => ({
			server: 'one',
			run: async () => await done(itemIndex),
			...taskOf(itemIndex),
		}),
		close: async () => void (closed += 1),
	});
	const output = await passTime(
		runItems(context, open ?? (async () => ofItems)).catch((error: unknown) => error),
	);
	return { output, hints, closed };
}

const refuse = async () => await Promise.reject(REFUSED);

describe('the items of a node', () => {
	it('come out in their order, each paired, and may be several', async () => {
		const { output, hints, closed } = await run((itemIndex) => ({
			run: async () => ({
				items: Array.from({ length: itemIndex }, (_, nth) => ({ json: { nth }, binary: {} })),
			}),
		}));
		expect(output).toEqual([
			{ json: { nth: 0 }, binary: {}, pairedItem: { item: 1 } },
			{ json: { nth: 0 }, binary: {}, pairedItem: { item: 2 } },
			{ json: { nth: 1 }, binary: {}, pairedItem: { item: 2 } },
		]);
		expect([hints, closed]).toEqual([[], 1]);
	});

	it('are not there where none came in', async () => {
		expect(await run(() => ({}), { input: [] })).toEqual({ output: [], hints: [], closed: 1 });
	});

	it('end with the first that has no answer, which says how many had one', async () => {
		const { output, closed } = await run((itemIndex) => (itemIndex === 1 ? { run: refuse } : {}));
		expect(output).toBeInstanceOf(NodeApiError);
		expect(output).toMatchObject({ message: 'It was refused', context: { itemIndex: 1 } });
		expect(String((output as NodeApiError).description)).toMatch(
			/^Do this\. 2 of 3 items were done by then; with “On Error: Continue”/,
		);
		expect(closed).toBe(1);
	});

	it('are told of one by one where the node goes on', async () => {
		const { output, hints } = await run((itemIndex) => (itemIndex === 1 ? { run: refuse } : {}), {
			onError: 'continueRegularOutput',
		});
		expect(output).toEqual([
			{ json: { itemIndex: 0 }, pairedItem: { item: 0 } },
			{ json: { error: REFUSED_TEXT }, pairedItem: { item: 1 } },
			{ json: { itemIndex: 2 }, pairedItem: { item: 2 } },
		]);
		expect(hints).toEqual([`1 of 3 items have no result. Item 1: It was refused.`]);
	});
});

describe('an item that fails', () => {
	const address = `${'a'.repeat(242)}@example.com`;
	const failing = async (
		about: ItemTask['about'],
		json: INodeExecutionData['json'],
		onError: INode['onError'] = 'continueRegularOutput',
	) => (await run(() => ({ about, run: refuse }), { input: [{ json }], onError })).output;

	it.each<[string, ItemTask['about'], INodeExecutionData['json'], object]>([
		[
			'what it is about',
			{ email: 'a@x.example' },
			{ email: 'b@x.example' },
			{ email: 'a@x.example' },
		],
		['the address that came in', undefined, { email: 'b@x.example' }, { email: 'b@x.example' }],
		['the longest address', undefined, { email: address }, { email: address }],
		['no longer one', undefined, { email: `a${address}` }, {}],
		['no address that is no text', undefined, { email: 7 }, {}],
		['nothing where nothing is known', undefined, {}, {}],
	])('has %s beside its message', async (_case, about, json, kept) => {
		expect(await failing(about, json)).toEqual([
			{ json: { ...kept, error: REFUSED_TEXT }, pairedItem: { item: 0 } },
		]);
	});

	it('has nothing beside its message at an error output: n8n knows it by that', async () => {
		const about = { email: 'a@x.example' };
		expect(await failing(about, about, 'continueErrorOutput')).toEqual([
			{ json: { error: REFUSED_TEXT }, pairedItem: { item: 0 } },
		]);
	});
});

describe('an item that cannot be read', () => {
	const sent: number[] = [];
	const unreadable =
		(message: string) =>
		(itemIndex: number): Partial<ItemTask> => {
			if (itemIndex === 1) throw badInput(message, 'Enter one.');
			return { run: async () => await done(sent.push(itemIndex)) };
		};
	beforeEach(() => sent.splice(0));

	it('ends the node before anything is sent', async () => {
		const { output, closed } = await run(unreadable('“Domain” is empty'));
		expect(output).toBeInstanceOf(NodeOperationError);
		expect(output).toMatchObject({
			message: '“Domain” is empty',
			description: 'Enter one.',
			context: { itemIndex: 1 },
		});
		expect([sent, closed]).toEqual([[], 1]);
	});

	it('has its message in its place where the node goes on', async () => {
		const { output } = await run(unreadable('“Domain” is empty'), {
			onError: 'continueRegularOutput',
		});
		expect(sent).toEqual([0, 2]);
		expect(output).toMatchObject([
			{ pairedItem: { item: 0 } },
			{ json: { error: '“Domain” is empty. Enter one.' }, pairedItem: { item: 1 } },
			{ pairedItem: { item: 2 } },
		]);
	});

	it.each<[string, string, unknown, string]>([
		['of what it brought along', '“Domain” is empty', 'No such user.', 'No such user.'],
		[
			'of itself where it brought nothing',
			'“Domain” is empty',
			' ',
			'“Domain” is empty. Enter one.',
		],
		['of itself where that is no text', '“Domain” is empty', 7, '“Domain” is empty. Enter one.'],
		['of itself where no field is empty', '“Domain” is odd', 'No.', '“Domain” is odd. Enter one.'],
		['of itself where more is said', 'x “y” is empty', 'No.', 'x “y” is empty. Enter one.'],
		['of itself where more follows', '“y” is empty, too', 'No.', '“y” is empty, too. Enter one.'],
	])('tells %s', async (_case, message, error, told) => {
		const input = [{ json: {} }, { json: { error } }] as INodeExecutionData[];
		const { output } = await run(unreadable(message), { input, onError: 'continueRegularOutput' });
		expect(output).toMatchObject([{}, { json: { error: told } }]);
	});

	it('tells its own message where something unexpected came about', async () => {
		const input = [{ json: { error: 'No.' } }];
		const { output } = await run(
			() => {
				throw new TypeError('“x” is empty');
			},
			{ input, onError: 'continueRegularOutput' },
		);
		expect(output).toMatchObject([{ json: { error: expect.stringContaining('TypeError') } }]);
	});
});

describe('an answer that turns out to be another’s', () => {
	it('takes the place of what had been taken for its own', async () => {
		const { output } = await run(
			(itemIndex) => ({ mismatch: () => (itemIndex === 1 ? REFUSED : undefined) }),
			{
				onError: 'continueRegularOutput',
			},
		);
		expect(output).toMatchObject([
			{ json: { itemIndex: 0 } },
			{ json: { error: REFUSED_TEXT } },
			{ json: { itemIndex: 2 } },
		]);
	});
});

describe('a node whose credential cannot be opened', () => {
	const open = async () => await Promise.reject(badInput('“Server” is empty', 'Enter one.'));

	it('fails as a whole', async () => {
		const { output } = await run(() => ({}), { open });
		expect(output).toBeInstanceOf(NodeOperationError);
		expect(output).toMatchObject({ message: '“Server” is empty', description: 'Enter one.' });
		expect((output as NodeOperationError).context.itemIndex).toBeUndefined();
	});

	it('says so for each item where it goes on', async () => {
		const { output, hints } = await run(() => ({}), { open, onError: 'continueRegularOutput' });
		const json = { error: '“Server” is empty. Enter one.' };
		expect(output).toEqual([0, 1, 2].map((item) => ({ json, pairedItem: { item } })));
		expect(hints).toEqual(['3 of 3 items have no result. Items 0, 1, 2: “Server” is empty.']);
	});
});

it('ends with n8n’s Stop', async () => {
	const { output } = await run(() => ({}), {
		stop: AbortSignal.abort(),
		onError: 'continueRegularOutput',
	});
	const json = { error: expect.stringMatching(/^The execution was stopped before this item/) };
	expect(output).toMatchObject([{ json }, { json }, { json }]);
});
