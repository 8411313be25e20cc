/*
 * Writes the README's table of messages from the list that is tested in n8n. With `--check` it writes
 * nothing and complains about a table that is not up to date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { TROUBLES } from './troubles';

const README = resolve(__dirname, '../../../README.md');

const TABLE = /(<!-- made by “npm run readme” -->\n)[^]*?(<!-- end -->)/;

/** What people meet outside of an execution. */
const ELSEWHERE = [
	[
		'The login page instead of the mailbox, after a login by POST',
		'The server answers 307 and its cookie is `SameSite=Lax`',
		'Set _Method_ of _Create Page_ to GET.',
	],
	[
		'`DEPTH_ZERO_SELF_SIGNED_CERT` when a credential is tested',
		'A self-signed certificate',
		'Turn on _Ignore SSL Issues_ in the credential.',
	],
];

function table(): string {
	const rows = [
		...TROUBLES.map(({ message, cause, advice }) => [`_${message}_`, cause, advice]),
		...ELSEWHERE,
	];
	return ['| message | cause | remedy |', '| --- | --- | --- |', ...rows.map(asRow)].join('\n');
}

function asRow(cells: string[]): string {
	return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

async function main(): Promise<void> {
	const written = await readFile(README, 'utf8');
	if (!TABLE.test(written)) throw new Error('The README has no place for the table.');
	const filled = written.replace(TABLE, (_, begin: string, end: string) =>
		[begin, table(), '\n', end].join('\n'),
	);
	const made = await format(filled, { ...(await resolveConfig(README)), parser: 'markdown' });
	if (!process.argv.includes('--check')) await writeFile(README, made);
	else if (made !== written) throw new Error('Run “npm run readme”: its table is not up to date.');
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
