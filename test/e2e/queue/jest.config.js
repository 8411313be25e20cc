/* Run by `npm run e2e:queue`, which prepares what these tests need and says so in the environment. */
const { transform } = require('../../../jest.config.js').projects[0];

const { n8n } = JSON.parse(process.env.E2E_PREPARED);

module.exports = {
	rootDir: __dirname,
	displayName: `n8n ${n8n.version} in queue mode`,
	testEnvironment: '<rootDir>/../environment.js',
	transform,
	globals: { INSTALLATION: 'as by n8n itself' },
	testMatch: ['<rootDir>/*.e2e.test.ts'],
	testTimeout: 600_000,
};
