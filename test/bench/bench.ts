/*
 * What a batch costs with this package, with n8n's own HTTP Request node, and at the least. Everything runs
 * in n8n's engine, against a stand-in for cPanel in another process.
 *
 *   npm run bench                      everything, a quarter of an hour; writes the figures of docs/performance.md
 *   npm run bench -- --quick           two minutes; writes nothing
 *   npm run bench -- --world wide --items 1000 --rounds 3
 *   npm run bench -- --world changing --draw
 */
import { parseArgs } from 'node:util';

import { DEFAULT_N8N, prepareN8n } from '../e2e/harness/prepare';
import { miscounted } from './counts';
import { measure } from './measure';
import type { CaseResult } from './measure';
import { writePictures } from './pictures';
import { fullPlan, quickPlan } from './plan';
import { machine, ratioTable, table, writeTables } from './tables';

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			quick: { type: 'boolean', default: false },
			world: { type: 'string' },
			items: { type: 'string' },
			rounds: { type: 'string' },
			draw: { type: 'boolean', default: false },
		},
	});
	const isWhole = !values.quick && values.world === undefined && values.items === undefined;
	const groups = (values.quick ? quickPlan() : fullPlan())
		.filter(({ world }) => values.world === undefined || world === values.world)
		.filter(({ cases }) => values.items === undefined || cases[0]?.items === Number(values.items))
		.map((group) => ({ ...group, rounds: Number(values.rounds ?? group.rounds) }));

	const n8n = await prepareN8n(DEFAULT_N8N);
	const results: CaseResult[] = [];
	for (const group of groups) {
		const measured = await measure(group, n8n);
		results.push(...measured);
		process.stdout.write(`${group.world}\n${table(measured.map(({ row }) => row))}\n\n`);
	}
	const rows = results.map(({ row }) => row);
	process.stdout.write(`${ratioTable(rows)}\n\n${await machine(n8n)}\n`);
	if (isWhole) await writeTables(rows, await machine(n8n));
	if (isWhole || values.draw) await writePictures(results);

	const complaints = miscounted(rows);
	for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
	process.exitCode = complaints.length === 0 ? 0 : 1;
}

main().catch((thrown: Error) => {
	process.stderr.write(`${thrown.stack ?? thrown.message}\n`);
	process.exit(1);
});
