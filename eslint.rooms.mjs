/*
 * The rooms of nodes/shared, and what each may import: only rooms below it. So the data goes one way, and a room can
 * be understood without those above it.
 */
const WAY =
	'The way is: errors, http → input → response → api → login, functions → accounts → lockout → n8n → the nodes.';

const CPANEL = ['input', 'response', 'api', 'login', 'functions', 'accounts'];

/** Everything that a room might reach for, by the folder's name. */
const ROOMS = [
	...CPANEL,
	'http',
	'kept',
	'n8n',
	'lockout',
	'batch',
	'accessLink',
	'CpanelSession',
	'CpanelWebmailLogin',
];

/** @type {Array<[files: string, name: string, below: string[]]>} */
const BELOW = [
	['nodes/shared/*', 'errors', []],
	['nodes/shared/http/*', 'http', ['kept']], // its index alone, see below
	['nodes/shared/http/kept/**', 'kept', ['http']],
	['nodes/shared/accessLink/**', 'accessLink', ['input']],
	['nodes/shared/cpanel/input/**', 'input', []],
	['nodes/shared/cpanel/response/**', 'response', ['input', 'http']],
	['nodes/shared/cpanel/api/**', 'api', ['input', 'response', 'http']],
	['nodes/shared/cpanel/login/**', 'login', ['input', 'response', 'api', 'http']],
	['nodes/shared/cpanel/functions/**', 'functions', ['input', 'response', 'api', 'http']],
	['nodes/shared/cpanel/accounts/**', 'accounts', [...CPANEL, 'http']],
	['nodes/shared/n8n/lockout/**', 'lockout', ['input']],
	['nodes/shared/n8n/batch/**', 'batch', [...CPANEL, 'http', 'lockout']],
	['nodes/shared/n8n/*', 'n8n', [...CPANEL, 'http', 'accessLink', 'batch', 'lockout']],
	[
		'nodes/CpanelSession/**',
		'CpanelSession',
		ROOMS.filter((room) => !['CpanelWebmailLogin', 'kept'].includes(room)),
	],
	[
		'nodes/CpanelWebmailLogin/**',
		'CpanelWebmailLogin',
		ROOMS.filter((room) => !['CpanelSession', 'kept'].includes(room)),
	],
	['credentials/**', 'credentials', ROOMS.filter((room) => !/^Cpanel|^kept$/.test(room))],
];

/** ESLint's configuration: one rule for each room, whose message names the direction that is allowed. */
export const rooms = BELOW.map(([files, name, below]) => {
	const above = ROOMS.filter((room) => room !== name && !below.includes(room));
	const allowed = below.length === 0 ? 'no other room' : `only ${below.join(', ')} and errors`;
	return {
		files: [files],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: `^\\.{1,2}/(?:.*/)?(?:${above.join('|')})(?:/|$)`,
							message: `“${name}” imports ${allowed}. ${WAY}`,
						},
						{
							regex: '/kept/',
							message: `“kept” is imported as './kept' alone, by “http”. ${WAY}`,
						},
					],
				},
			],
		},
	};
});
