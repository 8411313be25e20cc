/* The tests that are to notice the mutants of a room: none of them needs an engine, and all are fast. */
const unit = { ...require('../../jest.config.js').projects[0] };
delete unit.testMatch;

module.exports = {
	...unit,
	testRegex: process.env.MUTANTS_TESTS,
	testTimeout: 60_000,
};
