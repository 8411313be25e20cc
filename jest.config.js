/* The sources are tested by themselves and in n8n's engine; what is built, at both ends of its version range. */
const LATEST_ENGINE = '<rootDir>/test/engines/latest/node_modules';

const common = {
	rootDir: __dirname,
	testEnvironment: 'node',
	// types are checked by tsc; here they are only taken off
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{
				swcrc: false,
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	modulePathIgnorePatterns: [
		'<rootDir>/dist/package.json',
		'<rootDir>/test/engines/.*/package.json',
	],
};

const inEngine = {
	...common,
	setupFilesAfterEnv: ['<rootDir>/test/workflow/harness/engineSetup.ts'],
};

/* What is built is the same code: a list of what an engine has a hand in shows that it works there. */
const built = '<rootDir>/test/workflow/built/*.test.ts';

module.exports = {
	projects: [
		{
			...common,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/{unit,contract,package}/**/*.test.ts'],
		},
		{
			...inEngine,
			displayName: 'sources in n8n-core 2.8.1',
			testMatch: ['<rootDir>/test/workflow/*.test.ts'],
			globals: { NODES_FROM: 'sources', KEEPS_CONNECTIONS: false },
		},
		{
			...inEngine,
			displayName: 'build in n8n-core 2.8.1',
			testMatch: [built],
			globals: { NODES_FROM: 'build', KEEPS_CONNECTIONS: false },
		},
		{
			...inEngine,
			displayName: 'build in n8n-core 2.41.1',
			// connections are kept in this engine alone
			testMatch: [built, '<rootDir>/test/workflow/kept/*.test.ts'],
			globals: { NODES_FROM: 'build', KEEPS_CONNECTIONS: true },
			moduleNameMapper: {
				'^(n8n-core|n8n-workflow)$': `${LATEST_ENGINE}/$1`,
			},
		},
	],
	// for what hangs: on a busy machine a test takes many times as long as it does alone
	testTimeout: 60_000,
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageThreshold: { global: { lines: 95, branches: 95, statements: 95, functions: 95 } },
	coverageReporters: ['text-summary', 'lcov'],
};
