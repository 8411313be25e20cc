import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

import { command } from '../e2e/harness/command';
import type { PreparedN8n } from '../e2e/harness/prepare';
import { ratios } from './ratios';
import { whoOf } from './rows';
import type { Row } from './rows';
import { WORLDS } from './worlds';
import type { WorldName } from './worlds';

const DOCUMENT = join(__dirname, '..', '..', 'docs', 'performance.md');

/** All figures of some rows, as Markdown. */
export function table(rows: Row[]): string {
	return markdown(
		[
			'items',
			'task',
			'who',
			'time, ms',
			'CPU per item, ms',
			'peak memory, MiB',
			'handshakes',
			'most sockets',
			'mean queue',
			'failed',
		],
		rows.map((row) => [
			count(row.items),
			row.task,
			whoOf(row),
			figure(row.wall),
			figure(row.cpu / row.items),
			count(Math.round(row.memory)),
			count(row.handshakes),
			count(row.mostSockets),
			figure(row.meanQueue),
			count(row.failed),
		]),
	);
}

/** What the figures come to, and what they were meant to reach. */
export function ratioTable(rows: Row[]): string {
	return markdown(
		['what', 'measured', 'meant to be', ''],
		ratios(rows).map(({ what, measured, meant, reached }) => [
			what,
			measured,
			meant,
			reached ? '✓' : 'not reached',
		]),
	);
}

/** What it was measured on. */
export async function machine({ node, version }: PreparedN8n): Promise<string> {
	const nodeVersion = (await command(node, ['--version'], { timeout: 10_000 })).trim();
	const processors = cpus();
	const gibibytes = Math.round(totalmem() / 1024 ** 3);
	return `${processors.length} × ${processors[0]?.model ?? 'processor'}, ${gibibytes} GiB of memory, ${process.platform}, Node.js ${nodeVersion}, engine and nodes of n8n ${version}.`;
}

/** Puts the tables into the documentation, between the marks that are there for them. */
export async function writeTables(rows: Row[], measuredOn: string): Promise<void> {
	const worlds = (Object.keys(WORLDS) as WorldName[])
		.filter((world) => rows.some((row) => row.world === world))
		.map((world) => {
			const { title } = WORLDS[world];
			return `### ${title}\n\n${table(rows.filter((row) => row.world === world))}`;
		});
	const parts = { machine: measuredOn, ratios: ratioTable(rows), figures: worlds.join('\n\n') };
	let text = await readFile(DOCUMENT, 'utf8');
	for (const [name, content] of Object.entries(parts)) {
		const [open, close] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
		const [before, rest] = text.split(open);
		const after = rest?.split(close)[1];
		if (before === undefined || after === undefined) {
			throw new Error(`${DOCUMENT} has no place for the ${name}`);
		}
		text = `${before}${open}\n\n${content}\n\n${close}${after}`;
	}
	await writeFile(DOCUMENT, text);
	await command('npx', ['prettier', '--write', DOCUMENT], { timeout: 60_000 });
}

function markdown(head: string[], rows: string[][]): string {
	const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function count(number: number): string {
	return number.toLocaleString('en-US');
}

/** Three digits that count. */
function figure(number: number): string {
	if (number >= 100) return count(Math.round(number));
	return String(Number(number < 1 ? number.toFixed(2) : number.toPrecision(3)));
}
