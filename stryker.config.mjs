/* For `npm run mutants`, which says which room is tried, and by which tests: test/mutants/rooms.mjs. */
export default {
	packageManager: 'npm',
	testRunner: 'jest',
	// the tests of a room are few: to look which of them concern a file takes far longer than to load them
	jest: { configFile: 'test/mutants/jest.config.js', enableFindRelatedTests: false },
	// each mutant meets the tests that run its line, and no others
	coverageAnalysis: 'perTest',
	// what is made while a file is loaded would meet all of them: hours for a tenth of the mutants
	ignoreStatic: true,
	ignorePatterns: ['/dist', '/coverage', '/workflows', '/test/e2e', '/test/engines/latest'],
	// what is left when it is stopped is in nobody's way there
	tempDirName: 'coverage/mutants/tmp',
	plugins: ['@stryker-mutator/*', './test/mutants/survivors.mjs'],
	reporters: ['progress-append-only', 'survivors'],
	concurrency: 2,
	// on a busy machine a test takes many times as long as it does alone; what waits for ever is waited for so long
	timeoutFactor: 2,
	timeoutMS: 5_000,
};
