/*
 * Changes nodes/shared in one small way after the other, and looks whether a test notices: room by room, or those that
 * are named. Fails below 90 % of all together.
 *
 *   npm run mutants
 *   npm run mutants -- answers input
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { ROOMS } from './rooms.mjs';

const LEAST = 90;

const named = process.argv.slice(2);
const unknown = named.filter((room) => !Object.hasOwn(ROOMS, room));
if (unknown.length > 0) {
	console.error(`No such room: ${unknown.join(', ')}. There are ${Object.keys(ROOMS).join(', ')}.`);
	process.exit(2);
}

const rooms = named.length > 0 ? named : Object.keys(ROOMS);
const counts = rooms.map((room) => ({ room, ...countsOf(room) }));
const sum = (name) => counts.reduce((total, count) => total + count[name], 0);
const all = { room: 'all', noticed: sum('noticed'), mutants: sum('mutants') };
for (const { room, noticed, mutants } of [...counts, all]) {
	const share = ((100 * noticed) / mutants).toFixed(1);
	console.log(`${room.padEnd(12)}${share.padStart(6)} % of ${mutants}`);
}
process.exitCode = 100 * all.noticed >= LEAST * all.mutants ? 0 : 1;

/** Tries the mutants of one room. What no test noticed is in `coverage/mutants/<room>.txt` then. */
function countsOf(room) {
	const { files, tests } = ROOMS[room];
	const env = { ...process.env, MUTANTS_ROOM: room, MUTANTS_TESTS: tests.join('|') };
	const { status } = spawnSync('npx', ['stryker', 'run', '--mutate', files], {
		env,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (status !== 0) throw new Error(`The mutants of ${room} could not be tried.`);
	return JSON.parse(readFileSync(`coverage/mutants/${room}.json`, 'utf8'));
}
