import { CpanelError } from '../../errors';
import { HttpTransportError } from '../../http/HttpTransport';
import type { Channel } from '../api/send';

/** One line of a list a person chooses from. */
export interface Choice {
	name: string;
	value: string;
}

/** A part of a list, and where the next part starts, if there is one. */
export interface ChoicePage {
	choices: Choice[];
	/** 1-based. */
	nextPage?: number;
}

export interface ListRequest {
	/** What the person typed into the search box. */
	search: string;
	/** 1-based. */
	page: number;
}

/**
 * What the field makes of a value that is typed into it: undefined, or an error, for what it does not take.
 */
export type FieldCheck = (value: string) => string | undefined;

/** How many lines are asked for at once: about three screens of n8n's drop-down, which loads more as it is scrolled. */
export const PAGE_SIZE = 50;

/** What a server sent that was asked for a part of a list. */
export interface Part {
	choices: Choice[];
	/** How many lines came, those that are no choice included. */
	lines: number;
	/** What the server says of the length of the whole list, if it says anything. */
	total: unknown;
}

/**
 * Asks a server for a page. One that does not page sends the whole list, and the page is taken out of it here. One
 * that pages need not say how long the list is (protocol.md, 4): there may be more after a full page then.
 *
 * @param check of the field that is filled in
 * @param ask for a part of the list, from a line (1-based) on, of so many lines
 */
export async function pageServed(
	request: ListRequest,
	check: FieldCheck,
	ask: (start: number, size: number) => Promise<Part>,
): Promise<ChoicePage> {
	const { page, search } = request;
	const { choices, lines, total } = await ask((page - 1) * PAGE_SIZE + 1, PAGE_SIZE);
	const length = Number(total ?? NaN);
	if (lines > PAGE_SIZE) return pageOf(choices, request, check);
	const isFull = lines === PAGE_SIZE;
	if (Number.isNaN(length) && isFull && page > 1) {
		// a whole list of just this length looks like any full page, and would come again and again
		const { lines: ofOne } = await ask(1, 1);
		if (ofOne > 1) return { choices: [] };
	}
	const isMore = Number.isNaN(length) ? isFull : length > page * PAGE_SIZE;
	return {
		choices: offered(choices, check).filter(matching(search)),
		nextPage: isMore ? page + 1 : undefined,
	};
}

/** Takes a page of a list that came as a whole. */
export function pageOf(
	choices: Choice[],
	{ search, page }: ListRequest,
	check: FieldCheck,
): ChoicePage {
	const found = offered(choices, check).filter(matching(search));
	return {
		choices: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
		nextPage: found.length > page * PAGE_SIZE ? page + 1 : undefined,
	};
}

/**
 * What is picked is stored in the workflow, and n8n computes what begins with an equals sign: a server could put code
 * there that reads other nodes. So a choice is offered only where the field's own check would leave its value as it
 * is, and where neither the value nor the name, which n8n stores as well, can be an expression.
 */
function offered(choices: Choice[], check: FieldCheck): Choice[] {
	return choices.filter(({ name, value }) => isStorable(name) && isOfferable(value, check));
}

/** Whether a value may be stored as it is: no expression, and accepted and left alone by the check of its field. */
export function isOfferable(value: string, check: FieldCheck): boolean {
	try {
		return isStorable(value) && check(value) === value;
	} catch {
		return false;
	}
}

/** No expression, and nothing that a screen would not show as it is: control characters, direction marks. */
function isStorable(text: string): boolean {
	return !/^\s*=|\{\{|\p{Cc}|\p{Cf}/u.test(text);
}

/** Whether a choice is one that the person searched for. */
function matching(search: string): (choice: Choice) => boolean {
	const wanted = search.toLowerCase();
	return ({ name, value }) =>
		name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted);
}

/**
 * The same channel for a call that lists things: where the answer is too large, the server sent the whole list at once,
 * which is no reason to look for another server or port. 13,000 mailboxes are more than 1 MiB.
 *
 * @param hint what to do in place of listing
 */
export function forLists(channel: Channel, hint: string): Channel {
	const { transport } = channel;
	return {
		...channel,
		transport: {
			send: async (request) =>
				await transport.send(request).catch((error: unknown) => {
					throw tooLong(error, hint) ?? error;
				}),
			close: async () => await transport.close(),
		},
	};
}

function tooLong(error: unknown, hint: string): CpanelError | undefined {
	if (!(error instanceof HttpTransportError) || error.kind !== 'tooLarge') return undefined;
	return new CpanelError(
		'answer',
		`${error.host} sends its whole list at once, and the list is too long`,
		{
			hint,
		},
	);
}
