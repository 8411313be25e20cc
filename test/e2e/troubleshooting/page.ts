/*
 * Writes the tables of docs/troubleshooting.md from the lists that are met in n8n and in a browser. With `--check` it
 * writes nothing and complains about tables that are not up to date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { BROWSER_TROUBLES } from './inBrowser';
import { TROUBLES } from './troubles';

const PAGE = resolve(__dirname, '../../../docs/troubleshooting.md');

const TABLES = /(<!-- made by “npm run troubleshooting” -->\n)[^]*?(<!-- end -->)/;

type Row = [message: string, cause: string, advice: string];

function tables(): string {
	const inN8n = TROUBLES.map(({ title, troubles }) =>
		section(
			title,
			troubles.map(({ message, cause, advice }): Row => [`_${message}_`, cause, advice]),
		),
	);
	const inBrowser = BROWSER_TROUBLES.map(
		({ shown, cause, advice }): Row => [`_${shown}_`, cause, advice],
	);
	return [
		...inN8n,
		section('The browser shows a login page in place of the mailbox', [
			...inBrowser,
			[
				'The login page without a word, after a page by POST',
				'The server answers 307 and its cookie is `SameSite=Lax`',
				'Set _Method_ of _Create Page_ to GET.',
			],
		]),
	].join('\n');
}

function section(title: string, rows: Row[]): string {
	return [
		`## ${title}\n`,
		'| message | cause | remedy |',
		'| --- | --- | --- |',
		...rows.map(asRow),
		'',
	].join('\n');
}

function asRow(cells: string[]): string {
	return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

async function main(): Promise<void> {
	const written = await readFile(PAGE, 'utf8');
	if (!TABLES.test(written)) throw new Error('The page has no place for the tables.');
	const filled = written.replace(TABLES, (_, begin: string, end: string) =>
		[begin, tables(), end].join('\n'),
	);
	const made = await format(filled, { ...(await resolveConfig(PAGE)), parser: 'markdown' });
	if (!process.argv.includes('--check')) await writeFile(PAGE, made);
	else if (made !== written) {
		throw new Error('Run “npm run troubleshooting”: its tables are not up to date.');
	}
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
