import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { SEED, WHM_SEED, type AccountSeed } from '../../cpsrvd';
import type { N8nProcess, RunningN8n } from './n8n';

/** What must be found in no log, no file and no table of n8n's. */
const SECRETS = [
	...Object.values(WHM_SEED).map(({ apiToken }) => apiToken),
	...Object.values<AccountSeed>(SEED).flatMap(({ user, apiToken, password, mailboxes = {} }) => [
		...(apiToken ? [apiToken] : []),
		password,
		Buffer.from(`${user}:${password}`).toString('base64'),
		...Object.values(mailboxes).map((mailbox) => mailbox.password),
	]),
];

/**
 * The places where n8n wrote a secret: a log, a file, or a table of its database.
 *
 * @param more secrets besides those of the cPanel server
 * @param others processes that do a part of its work
 */
export async function leaks(
	n8n: RunningN8n,
	more: string[] = [],
	others: readonly N8nProcess[] = [],
): Promise<string[]> {
	const places = [
		{ name: 'the log', text: n8n.log() },
		...(await filesIn(join(n8n.folder, '.n8n'))),
		...(await tablesOf(n8n)),
		...(await Promise.all(others.map(placesOf))).flat(),
	];
	return places.flatMap(({ name, text }) =>
		[...SECRETS, ...more]
			.filter((secret) => forms(secret).some((form) => text.includes(form)))
			.map((secret) => `${secret} in ${name}`),
	);
}

interface Place {
	name: string;
	text: string;
}

async function placesOf({ name, folder, log }: N8nProcess): Promise<Place[]> {
	const files = await filesIn(join(folder, '.n8n'));
	return [
		{ name: `the log of ${name}`, text: log() },
		...files.map((file) => ({ ...file, name: `${file.name} of ${name}` })),
	];
}

/** What n8n wrote into its folder, the database apart: what it has deleted there may still be in the file. */
async function filesIn(folder: string): Promise<Place[]> {
	const entries = await readdir(folder, { withFileTypes: true, recursive: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => !/\/node_modules\/|database\.sqlite/.test(path));
	return await Promise.all(
		files.map(async (path) => ({
			name: relative(folder, path),
			text: await readFile(path, 'utf8'),
		})),
	);
}

async function tablesOf({ database }: RunningN8n): Promise<Place[]> {
	const tables = await database.tables();
	return await Promise.all(
		tables.map(async (name) => ({
			name: `the table ${name}`,
			text: JSON.stringify(await database.query(`SELECT * FROM "${name}"`)),
		})),
	);
}

/** A secret as it is, and as it looks in JSON (once, or twice where JSON is stored as text), in a URL and in a form. */
function forms(secret: string): string[] {
	const inJson = JSON.stringify(secret).slice(1, -1);
	return [
		secret,
		inJson,
		JSON.stringify(inJson).slice(1, -1),
		encodeURIComponent(secret),
		new URLSearchParams({ secret }).toString().slice('secret='.length),
	];
}
