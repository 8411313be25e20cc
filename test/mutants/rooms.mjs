/*
 * The rooms of nodes/shared, and the tests that are to notice the mutants of each: those of its own files. All tests
 * would notice a few more, and take hours: a mutant at the bottom concerns every file above it.
 */

/** @param {string} names parts of a regular expression */
const unit = (names) => `test/unit/(${names})\\.test\\.ts$`;

/** @param {string} path of a folder below test/ */
const folder = (path) => `test/${path}/[^/]+\\.test\\.ts$`;

/** What the transports are made of that needs no network. */
const WITHOUT_NETWORK = ['kept/responseMatching', 'HttpTransport', 'transportErrors'].map(
	(name) => `nodes/shared/http/${name}.ts`,
);

/** @type {Record<string, { files: string, tests: string[] }>} */
export const ROOMS = {
	errors: {
		files: 'nodes/shared/*.ts',
		tests: [
			unit(
				'errors|nodeErrors|executionHints|explain|signInGuard|recentRefusals|accessLink/openingCounter',
			),
		],
	},
	http: {
		files: WITHOUT_NETWORK.join(','),
		tests: [
			unit('responseMatching|batch/itemTask|credentialTests|explain|legacyHelper'),
			unit('transportErrors'),
		],
	},
	transports: {
		files: ['nodes/shared/http/**/*.ts', ...WITHOUT_NETWORK.map((file) => `!${file}`)].join(','),
		tests: [
			unit('retryAfter'),
			'test/contract/(helperTransport|keepConnections|notHttp|openTransport|transport|undiciTransport)\\.test\\.ts$',
		],
	},
	accessLink: {
		files: 'nodes/shared/accessLink/**/*.ts',
		tests: [folder('unit/accessLink')],
	},
	input: {
		files: 'nodes/shared/cpanel/input/**/*.ts',
		tests: [
			unit('account|characters|credentials|gotoUri|host|locale|loginPage|loginTicket|mailbox'),
			unit('ipAddress|sessionUrl|totp|values|accessLink/addresses'),
		],
	},
	response: {
		files: 'nodes/shared/cpanel/response/**/*.ts',
		tests: [
			unit('intermediary|json|pages|quote|redirects|refusal'),
			unit('login|serverErrors|signIn|uapiAnswer|whmAnswer'),
		],
	},
	api: {
		files: 'nodes/shared/cpanel/api/**/*.ts',
		tests: [
			unit('authorization|exchange|explain|retries|send|sessionOwner|uapi|uapiAnswer'),
			unit('whm|whmAnswer'),
		],
	},
	login: {
		files: 'nodes/shared/cpanel/login/**/*.ts',
		tests: [unit('cookies|login|signIn|userSession|retries')],
	},
	functions: {
		files: 'nodes/shared/cpanel/functions/**/*.ts',
		tests: [
			unit('listings|longLists|mailboxes|paging|tempUser|webmailSession|whmListings'),
			unit('checkCredential|retries|sessionOwner'),
		],
	},
	accounts: {
		files: 'nodes/shared/cpanel/accounts/**/*.ts',
		tests: [
			unit('openAccounts|domainOwners|listings|openWebmailSession|retries'),
			folder('contract/accounts'),
		],
	},
	n8n: {
		files: 'nodes/shared/n8n/*.ts',
		tests: [
			unit('parameters|nodeErrors|storedCredential|form'),
			unit(
				'openAccounts|credentials|credentialTests|fieldLabel|operations|plainText|signedRequest',
			),
		],
	},
	lockout: {
		files: 'nodes/shared/n8n/lockout/**/*.ts',
		tests: [unit('recentRefusals|signInGate|signInGuard')],
	},
	batch: {
		files: 'nodes/shared/n8n/batch/**/*.ts',
		tests: [
			// not the chaos, which takes longer than all others together
			unit(
				'batch/(busyServer|concurrencyLimiter|concurrencyLimiter\\.simulation|itemTask|runBatch|runItems|serverQueue)',
			),
			unit('executionHints'),
		],
	},
};
