/* Clients for cPanel that others wrote, against the stand-in. Run by `npm run clients`, which installs them. */
const { transform } = require('../../jest.config.js').projects[0];

module.exports = {
	rootDir: __dirname,
	testEnvironment: 'node',
	transform,
	testMatch: ['<rootDir>/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/foreign/package.json'],
	// each program is a process of its own
	testTimeout: 60_000,
};
