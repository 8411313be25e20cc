/* Run by `npm run e2e`, which prepares what these tests need and says so in the environment. */
const { transform } = require('../../jest.config.js').projects[0];

const { n8n } = JSON.parse(process.env.E2E_PREPARED);
const [major, minor] = n8n.version.split('.').map(Number);
/* Before that the nodes do not use undici at all. */
const mayUseUndici = major > 2 || (major === 2 && minor >= 30);

const common = { rootDir: __dirname, testEnvironment: '<rootDir>/environment.js', transform };

module.exports = {
	testTimeout: 180_000,
	projects: [
		{
			...common,
			displayName: `n8n ${n8n.version}`,
			globals: { HIDE_UNDICI: false },
			testMatch: ['<rootDir>/**/*.e2e.test.ts'],
		},
		...(mayUseUndici
			? [
					{
						...common,
						displayName: `n8n ${n8n.version} without undici`,
						globals: { HIDE_UNDICI: true },
						testMatch: ['<rootDir>/workflows/*.e2e.test.ts'],
					},
				]
			: []),
	],
};
