/* The tests that are to notice the mutants of `npm run mutants`: those that need no engine, and are fast. */
const unit = require('../../jest.config.js').projects[0];

// each mutant meets these values anew
process.env.FUZZ_RUNS ??= '5';

module.exports = {
	...unit,
	testMatch: ['<rootDir>/test/{unit,contract}/**/*.test.ts'],
	// about the stand-in for cPanel and other tools of the tests, which have no mutants
	testPathIgnorePatterns: ['/test/unit/(cpsrvd|bench|comparePictures)'],
	testTimeout: 60_000,
};
