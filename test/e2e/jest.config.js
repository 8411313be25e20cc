/* Run by `npm run e2e`, which prepares what these tests need and says so in the environment. */
const { transform } = require('../../jest.config.js').projects[0];

const { n8n } = JSON.parse(process.env.E2E_PREPARED);
const [major, minor] = n8n.version.split('.').map(Number);
/* Before that the nodes do not use undici at all. */
const mayUseUndici = major > 2 || (major === 2 && minor >= 30);

const common = { rootDir: __dirname, testEnvironment: '<rootDir>/environment.js', transform };

const workflows = (installation) => ({
	...common,
	displayName: `n8n ${n8n.version}, installed ${installation}`,
	globals: { INSTALLATION: installation },
	testMatch: ['<rootDir>/workflows/*.e2e.test.ts'],
});

module.exports = {
	testTimeout: 180_000,
	projects: [
		{
			...common,
			displayName: `n8n ${n8n.version}`,
			globals: { INSTALLATION: 'as by n8n itself' },
			testMatch: ['<rootDir>/**/*.e2e.test.ts'],
			// with a runner of its own
			testPathIgnorePatterns: ['<rootDir>/queue/'],
		},
		...(mayUseUndici ? [workflows('without undici')] : []),
	],
};
