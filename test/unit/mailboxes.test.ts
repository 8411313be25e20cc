import type { Account, UapiCall } from '../../nodes/shared/cpanel/api/uapi';
import { getMailboxes } from '../../nodes/shared/cpanel/functions/mailboxes';
import { connectionTo, fakeTransport } from './fakeTransport';

const CHANNEL = connectionTo(fakeTransport());

interface Served {
	/** How many lines the server has. */
	lines: number;
	/** What it says of that. */
	total?: unknown;
	pages?: boolean;
	warnings?: string[];
}

/** An account whose server sends the lines that are asked for. */
function accountOf({ lines, total, pages = true, warnings = [] }: Served) {
	const asked: Array<[start: number, size: number]> = [];
	const all = Array.from({ length: lines }, (_, index) => ({ email: `box${index}@example.com` }));
	const account: Pick<Account, 'call'> = {
		async call(_channel, { arguments: given = {} }: UapiCall) {
			const [start, size] = ['start', 'size'].map((name) =>
				Number(given[`api.paginate_${name}`]),
			) as [number, number];
			asked.push([start, size]);
			return {
				data: pages ? all.slice(start - 1, start - 1 + size) : all,
				metadata: total === undefined ? {} : { paginate: { total_results: total } },
				warnings,
			};
		},
	};
	return { account, asked };
}

async function get(served: Served, most = Infinity) {
	const { account, asked } = accountOf(served);
	const { mailboxes, warnings } = await getMailboxes(CHANNEL, account, '', most);
	return { found: mailboxes.length, asked, warnings };
}

describe('all mailboxes', () => {
	it.each<[string, Served, number, Array<[number, number]>]>([
		['are there at once', { lines: 3, total: 3 }, 3, [[1, 500]]],
		['are none', { lines: 0, total: 0 }, 0, [[1, 500]]],
		['fill one part', { lines: 500, total: 500 }, 500, [[1, 500]]],
		['fill one part, and the total is a text', { lines: 500, total: '500' }, 500, [[1, 500]]],
		[
			'need two',
			{ lines: 501, total: 501 },
			501,
			[
				[1, 500],
				[501, 500],
			],
		],
		[
			'fill one part without a total',
			{ lines: 500 },
			500,
			[
				[1, 500],
				[501, 500],
			],
		],
		[
			'need two without a total',
			{ lines: 700 },
			700,
			[
				[1, 500],
				[501, 500],
			],
		],
		['come at once, whatever was asked', { lines: 700, pages: false }, 700, [[1, 500]]],
		[
			'come at once, as many as were asked',
			{ lines: 500, pages: false },
			500,
			[
				[1, 500],
				[501, 500],
			],
		],
	])('%s', async (_, served, found, asked) => {
		expect(await get(served)).toMatchObject({ found, asked });
	});

	it.each([
		[1, 1, [[1, 1]]],
		[499, 499, [[1, 499]]],
		[
			600,
			600,
			[
				[1, 500],
				[501, 500],
			],
		],
		[
			1000,
			1000,
			[
				[1, 500],
				[501, 500],
			],
		],
	])('are not asked for beyond what is wanted: %i', async (most, found, asked) => {
		expect(await get({ lines: 5000, total: 5000 }, most)).toMatchObject({ found, asked });
	});

	it('are looked for beyond a part that has none with an address', async () => {
		const parts = [
			Array.from({ length: 500 }, () => ({ email: 'alice' })),
			[{ email: 'a@x.example' }],
		];
		const account = { call: async () => ({ data: parts.shift(), metadata: {}, warnings: [] }) };
		const { mailboxes } = await getMailboxes(CHANNEL, account, '', Infinity);
		expect(mailboxes).toMatchObject([{ email: 'a@x.example' }]);
	});

	it('are asked for without a search', async () => {
		const asked: Array<UapiCall['arguments']> = [];
		const account: Pick<Account, 'call'> = {
			async call(_channel, { arguments: given }) {
				asked.push(given);
				return { data: [], metadata: {}, warnings: [] };
			},
		};
		await getMailboxes(CHANNEL, account, 'example.com', Infinity);
		expect(asked).toMatchObject([{ domain: 'example.com' }]);
		expect(asked[0]).not.toHaveProperty(['api.filter_term_0']);
	});

	it('are told with each warning once', async () => {
		const { warnings } = await get({ lines: 600, warnings: ['a', 'b', 'a'] });
		expect(warnings).toEqual(['a', 'b']);
	});
});

describe('a mailbox', () => {
	async function read(data: unknown[]) {
		const account = { call: async () => ({ data, metadata: {}, warnings: [] }) };
		return (await getMailboxes(CHANNEL, account, '', Infinity)).mailboxes;
	}

	it('is read from its address', async () => {
		expect(await read([{ email: 'a@b@example.com', login: 'x', domain: 'y' }])).toEqual([
			{ email: 'a@b@example.com', login: 'a@b', domain: 'example.com', suspended: false },
		]);
	});

	it.each([
		[1, true],
		['1', true],
		[0, false],
		['0', false],
		[undefined, false],
		['yes', false],
	])('is suspended by %j: %s', async (suspended_login, suspended) => {
		expect(await read([{ email: 'a@example.com', suspended_login }])).toMatchObject([
			{ suspended },
		]);
	});

	it.each([
		[{}],
		[{ email: 7 }],
		[{ email: null }],
		[{ email: 'alice' }],
		[{ email: '@x.example' }],
	])('is none: %j', async (line) => expect(await read([line])).toEqual([]));
});
