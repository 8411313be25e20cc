/*
 * Writes what came of the mutants of a room: how many were noticed, and where the others are. Stryker's own reports
 * hold what each failed test said as well, which is too much to be written where tests handle long texts.
 */
import { mkdir, writeFile } from 'node:fs/promises';

import { PluginKind, declareClassPlugin } from '@stryker-mutator/api/plugin';

const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];

class Survivors {
	onMutationTestReportReady({ files }) {
		this.written = write(Object.entries(files));
	}

	async wrapUp() {
		await this.written;
	}
}

async function write(files) {
	const mutants = files.flatMap(([file, { mutants: found, source }]) =>
		found.map((mutant) => ({ file, source, ...mutant })),
	);
	const survivors = mutants.filter(({ status }) => UNNOTICED.includes(status));
	const noticed = mutants.filter(({ status }) => NOTICED.includes(status)).length;
	const counts = { noticed, mutants: noticed + survivors.length };
	const path = `coverage/mutants/${process.env.MUTANTS_ROOM}`;
	await mkdir('coverage/mutants', { recursive: true });
	await writeFile(`${path}.json`, JSON.stringify(counts));
	await writeFile(`${path}.txt`, survivors.map(told).join(''));
}

/** Where a mutant is, what stands there, and what it puts in its place. */
function told({ file, source, status, location, mutatorName, replacement = '' }) {
	const { line } = location.start;
	const stands = source.split('\n')[line - 1].trim();
	const cause = status === 'NoCoverage' ? ', which no test runs' : '';
	return `${file}:${line} ${mutatorName}${cause}\n\t${stands}\n\t=> ${replacement.replace(/\s+/g, ' ')}\n`;
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'survivors', Survivors)];
