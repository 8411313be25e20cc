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

/** So many lines are shown at once. */
export const PAGE_SIZE = 50;

/**
 * Takes a page as it came from a server that was asked for one, or out of the whole list from a server that does
 * not page.
 *
 * @param total what the server says of the length of the whole list; nothing where it did not page
 */
export function pageServed(choices: Choice[], request: ListRequest, total: unknown): ChoicePage {
	const length = Number(total ?? NaN);
	if (Number.isNaN(length)) return pageOf(choices, request);
	return {
		choices: choices.filter(matching(request.search)),
		nextPage: length > request.page * PAGE_SIZE ? request.page + 1 : undefined,
	};
}

/** Takes a page of a list that came as a whole. */
export function pageOf(choices: Choice[], { search, page }: ListRequest): ChoicePage {
	const found = choices.filter(matching(search));
	return {
		choices: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
		nextPage: found.length > page * PAGE_SIZE ? page + 1 : undefined,
	};
}

/** Whether a choice is one that the person searched for. */
function matching(search: string): (choice: Choice) => boolean {
	const wanted = search.toLowerCase();
	return ({ name, value }) =>
		name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted);
}
