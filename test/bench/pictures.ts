import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DEFAULT_CONCURRENCY } from '../../nodes/shared/n8n/parameters';
import { drawConcurrency } from './concurrencyPicture';
import type { Phase } from './concurrencyPicture';
import type { CaseResult } from './measure';
import { WORLDS } from './worlds';
import type { World, WorldName } from './worlds';

const FOLDER = join(__dirname, '..', '..', 'docs', 'pictures');

/** The worlds whose concurrency is drawn, and the names of the pictures. */
const PICTURES: Partial<Record<WorldName, string>> = {
	wide: 'concurrency-wide.svg',
	four: 'concurrency-narrow.svg',
	changing: 'concurrency-changing.svg',
};

/** Draws how many requests of this package were at the server, from what the server saw in a run that was measured. */
export async function writePictures(results: CaseResult[]): Promise<void> {
	for (const [name, file] of Object.entries(PICTURES)) {
		const drawn = results
			.filter(
				({ row }) =>
					row.world === name && row.variant === 'undici' && row.concurrency === undefined,
			)
			.filter(({ row }) => row.task === 'session' && row.items >= 500)[0];
		if (drawn !== undefined) await writeFile(join(FOLDER, file), picture(drawn));
	}
}

function picture({ row, course }: CaseResult): string {
	const world: World = WORLDS[row.world];
	const turnedAway = course.filter(([, , isTurnedAway]) => isTurnedAway).map(([from]) => from);
	const notes = [
		`${row.items.toLocaleString('en-US')} items`,
		world.title,
		...(turnedAway.length === 0 ? [] : [`${turnedAway.length} turned away and sent again`]),
	];
	return drawConcurrency({
		requests: course.map(([from, to]) => [from, to]),
		turnedAway,
		phases: world.phases ?? [phaseOf(world)],
		maxConcurrency: DEFAULT_CONCURRENCY,
		summary: `${notes.join('; ')}.`,
	});
}

function phaseOf({ workers }: World): Phase {
	return { from: 0, label: workers === 0 ? 'any number at a time' : `${workers} workers` };
}
