/* `npm run mutants`: changes the code in one small way after the other, and looks whether a test notices. */
export default {
	packageManager: 'npm',
	testRunner: 'jest',
	jest: { configFile: 'test/mutants/jest.config.js' },
	// each mutant meets the tests that run its line, and no others
	coverageAnalysis: 'perTest',
	// what is made while a file is loaded would meet all of them: hours for a tenth of the mutants
	ignoreStatic: true,
	mutate: ['nodes/shared/**/*.ts'],
	ignorePatterns: ['/dist', '/coverage', '/workflows', '/test/e2e', '/test/engines/latest'],
	// what is left when it is stopped is in nobody's way there
	tempDirName: 'coverage/mutants',
	incremental: true,
	incrementalFile: 'coverage/mutants.json',
	htmlReporter: { fileName: 'coverage/mutants.html' },
	reporters: ['clear-text', 'progress-append-only', 'html'],
	clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
	concurrency: 2,
	// on a busy machine a test takes many times as long as it does alone
	timeoutMS: 20_000,
	thresholds: { high: 95, low: 90, break: 90 },
};
