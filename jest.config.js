/* The sources are tested by themselves and in n8n's engine; what is built, in two versions of that engine. */
const LATEST_ENGINE = '<rootDir>/test/engines/latest/node_modules';

const common = {
	rootDir: __dirname,
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': [
			'ts-jest',
			{
				tsconfig: {
					module: 'commonjs',
					target: 'es2022',
					esModuleInterop: true,
					isolatedModules: true,
				},
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
	testMatch: ['<rootDir>/test/workflow/**/*.test.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/workflow/harness/engineSetup.ts'],
};

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
			globals: { NODES_FROM: 'sources', KEEPS_CONNECTIONS: false },
		},
		{
			...inEngine,
			displayName: 'build in n8n-core 2.8.1',
			globals: { NODES_FROM: 'build', KEEPS_CONNECTIONS: false },
		},
		{
			...inEngine,
			displayName: 'build in n8n-core 2.41.1',
			globals: { NODES_FROM: 'build', KEEPS_CONNECTIONS: true },
			moduleNameMapper: {
				'^(n8n-core|n8n-workflow)$': `${LATEST_ENGINE}/$1`,
			},
		},
	],
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageThreshold: { global: { lines: 95, branches: 95, statements: 95, functions: 95 } },
	coverageReporters: ['text-summary', 'lcov'],
};
