import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const README = resolve(__dirname, '../../../README.md');
const HEADING = '## Tour to the first link that lasts\n';

/** How the README sets the names that a reader meets on the screen. */
export type Mark = 'bold' | 'italics' | 'code';

interface Name {
	mark: Mark;
	text: string;
}

/** A numbered step of the README's tour: the names in it, to be taken one after the other. */
export class TourStep {
	private readonly names: Name[];
	private taken = 0;

	constructor(
		readonly number: number,
		markdown: string,
	) {
		this.names = namesIn(markdown);
	}

	/**
	 * The next name of the step.
	 *
	 * @throws where the README has none left here, or one that is set in another way
	 */
	take(mark: Mark): string {
		const next = this.names[this.taken];
		if (next?.mark !== mark) {
			const found = next ? `“${next.text}” in ${next.mark}` : 'nothing';
			throw new Error(`The next name is to be one in ${mark}, and the README has ${found}.`);
		}
		this.taken += 1;
		return next.text;
	}

	/** The names that nobody took. */
	get left(): string[] {
		return this.names.slice(this.taken).map(({ text }) => text);
	}
}

/** The steps of the tour, in order. Throws where the README has no tour, or its numbers are not 1, 2, 3 … */
export function readTour(): TourStep[] {
	return tourIn(readFileSync(README, 'utf8'));
}

function tourIn(readme: string): TourStep[] {
	const [, section] = readme.split(HEADING);
	if (section === undefined) throw new Error(`The README has no “${HEADING.trim()}”.`);
	const [tour = ''] = section.split(/^## /m);
	// a step ends where the next one begins, or the list does
	const items = [...tour.matchAll(/^(\d+)\. (.*(?:\n[ \t]+.*)*)/gm)];
	return items.map(([, number, markdown = ''], index) => {
		if (Number(number) !== index + 1) throw new Error(`Step ${number} follows step ${index}.`);
		return new TourStep(index + 1, markdown);
	});
}

function namesIn(markdown: string): Name[] {
	const text = markdown.replace(/\s+/g, ' ').replace(/\]\([^)]*\)/g, ']');
	const marked = text.matchAll(/\*\*([^*]+)\*\*|(?<!\w)_([^_]+)_(?!\w)|`([^`]+)`/g);
	return [...marked].map(([, bold, italics, code]) => {
		if (bold !== undefined) return { mark: 'bold', text: bold };
		if (italics !== undefined) return { mark: 'italics', text: italics };
		return { mark: 'code', text: code ?? '' };
	});
}
