/*
 * Lints texts in place of files, for the rooms alone. Argument: a list of {file, code}. Prints the messages of each,
 * and whether the project's own configuration has the rule for the file.
 */
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

import { rooms } from '../../eslint.rooms.mjs';

const project = new ESLint();
const linter = new ESLint({
	overrideConfigFile: true,
	overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...rooms],
});
const found = [];
for (const { file, code } of JSON.parse(process.argv[2])) {
	const [result] = await linter.lintText(code, { filePath: file });
	const { rules } = await project.calculateConfigForFile(file);
	found.push({
		messages: (result?.messages ?? []).map(({ message }) => message),
		isInForce: 'no-restricted-imports' in rules,
	});
}
console.log(JSON.stringify(found));
