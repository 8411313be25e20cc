/* What a hostile or broken server can do. Run by `npm run attacks`, which builds the package before. */
const { projects, testTimeout } = require('../../jest.config.js');

// for the test of any input, which `npm test` runs with fewer values
process.env.FUZZ_RUNS ??= '200';

const named = (name) => projects.find(({ displayName }) => displayName === name);

module.exports = {
	projects: [
		{
			...named('unit'),
			displayName: 'attacks on the transport and on access links',
			testMatch: ['<rootDir>/test/attacks/{transport,accessLink}/*.test.ts'],
		},
		{
			...named('unit'),
			displayName: 'any input, at length',
			testMatch: ['<rootDir>/test/unit/anyInput/*.test.ts'],
		},
		...['sources in n8n-core 2.8.1', 'build in n8n-core 2.41.1'].map((engine) => ({
			...named(engine),
			displayName: `attacks on the ${engine}`,
			testMatch: [
				'<rootDir>/test/attacks/engine/*.test.ts',
				'<rootDir>/test/workflow/built/signedRequest.test.ts',
			],
		})),
	],
	// thousands of items each
	testTimeout: 4 * testTimeout,
};
