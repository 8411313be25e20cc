import eslint from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

import { rooms } from './eslint.rooms.mjs';

const shipped = ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'];

export default defineConfig(
	globalIgnores(['dist', 'coverage', '**/node_modules']),

	{
		files: ['**/*.ts'],
		extends: [eslint.configs.recommended, tseslint.configs.recommendedTypeChecked],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/explicit-module-boundary-types': 'error',
			// a method that has nothing to wait for may still have to return a promise
			'@typescript-eslint/require-await': 'off',
		},
	},
	{
		files: ['test/**/*.ts'],
		// jest types its matchers, such as expect.stringContaining(), as any
		rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
	},
	{
		files: ['**/*.js', '**/*.mjs'],
		extends: [eslint.configs.recommended],
		languageOptions: {
			globals: {
				console: 'readonly',
				module: 'writable',
				process: 'readonly',
				require: 'readonly',
				exports: 'writable',
				__dirname: 'readonly',
			},
		},
	},

	// What is shipped obeys n8n's rules for community nodes, warnings included, without exceptions.
	{
		files: shipped,
		extends: [asErrors(n8nCommunityNodesPlugin.configs.recommended)],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		linterOptions: { noInlineConfig: true },
		rules: {
			'no-console': 'error',
			'no-restricted-properties': [
				'error',
				{ object: 'URL', property: 'canParse', message: 'Use parseUrl, which says why.' },
			],
		},
	},
	{
		files: ['package.json'],
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: {
			...n8nNodesBase.configs.community.rules,
			'@typescript-eslint/no-unused-expressions': 'off',
		},
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			// n8n's scanner switches these two off, too: the first is for n8n's own nodes, the second is covered
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			// as n8n's scanner: these do not know NodeConnectionTypes, or hold for n8n's own nodes only
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},

	// Each room imports only rooms below it.
	...rooms,
);

/** n8n's recommendation with every warning raised to an error. */
function asErrors(config) {
	return [config].flat().map(({ plugins, rules = {} }) => ({
		plugins,
		rules: Object.fromEntries(Object.entries(rules).map(([name, level]) => [name, raised(level)])),
	}));
}

function raised(level) {
	const [severity, ...options] = [level].flat();
	return severity === 'warn' || severity === 1 ? ['error', ...options] : level;
}
