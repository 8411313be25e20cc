import type { Switches } from './switches';

type Args = Record<string, string>;
type Row = Record<string, unknown>;

/** Rows after filtering, sorting and paging, and what is said about that in `metadata`. */
export interface Transformed {
	data: Row[];
	metadata: Record<string, unknown>;
}

/** Applies the `api.…` arguments that every UAPI function with a list understands. */
export function transform(
	rows: Row[],
	args: Args,
	{ ignorePaging, pagingUntold }: Pick<Switches, 'ignorePaging' | 'pagingUntold'>,
): Transformed {
	const filtered = filter(rows, args);
	const sorted = sort(filtered, args);
	const metadata = {
		transformed: 1,
		...(filtered === rows ? {} : { filter: { records_before_filter: rows.length } }),
	};
	if (ignorePaging || args['api.paginate'] !== '1') return { data: sorted, metadata };
	const { page, paginate } = pageOf(sorted, args);
	return { data: page, metadata: { ...metadata, ...(!pagingUntold && { paginate }) } };
}

const COMPARISONS: Record<string, (value: string, term: string) => boolean> = {
	contains: (value, term) => value.toLowerCase().includes(term.toLowerCase()),
	begins: (value, term) => value.toLowerCase().startsWith(term.toLowerCase()),
	ends: (value, term) => value.toLowerCase().endsWith(term.toLowerCase()),
	matches: (value, term) => new RegExp(term, 'i').test(value),
	eq: (value, term) => value === term,
	ne: (value, term) => value !== term,
	lt: (value, term) => Number(value) < Number(term),
	gt: (value, term) => Number(value) > Number(term),
};

function filter(rows: Row[], args: Args): Row[] {
	return numbered(args, 'api.filter_column').reduce((left, [suffix, column]) => {
		const compare = COMPARISONS[args[`api.filter_type${suffix}`] ?? 'contains'];
		const term = args[`api.filter_term${suffix}`] ?? '';
		return compare ? left.filter((row) => compare(text(row[column]), term)) : left;
	}, rows);
}

function sort(rows: Row[], args: Args): Row[] {
	// The last column first: sorting is stable, so the first column has the last word.
	return numbered(args, 'api.sort_column').reduceRight((left, [suffix, column]) => {
		const direction = args[`api.sort_reverse${suffix}`] === '1' ? -1 : 1;
		const numeric = args[`api.sort_method${suffix}`]?.startsWith('numeric') ?? false;
		return [...left].sort((a, b) => direction * order(text(a[column]), text(b[column]), numeric));
	}, rows);
}

function order(a: string, b: string, numeric: boolean): number {
	if (numeric) return Number(a) - Number(b);
	return a < b ? -1 : a > b ? 1 : 0;
}

function pageOf(rows: Row[], args: Args): { page: Row[]; paginate: Record<string, number> } {
	const asked = Number(args['api.paginate_start'] ?? 1);
	// A start of -1 asks for everything.
	const size = (asked > 0 && Number(args['api.paginate_size'])) || Math.max(rows.length, 1);
	const start = Math.max(asked, 1);
	return {
		page: rows.slice(start - 1, start - 1 + size),
		paginate: {
			start_result: start,
			results_per_page: size,
			current_page: Math.ceil(start / size),
			total_pages: Math.ceil(rows.length / size),
			total_results: rows.length,
		},
	};
}

/** The arguments of a name: with a running number (`name_0`, `name_1`, …) or alone (`name`). */
function numbered(args: Args, name: string): Array<[suffix: string, value: string]> {
	return Object.keys(args)
		.filter((key) => key === name || new RegExp(`^${name}_\\d+$`).test(key))
		.sort()
		.map((key) => [key.slice(name.length), args[key] ?? '']);
}

function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
