import { codeOf, SEED, startCpsrvd, WHM_SEED, type Cpsrvd } from '../cpsrvd';
import { exchange, type RawAnswer, type RawRequest } from './rawExchange';

/*
 * cPanel's own clients can be read in public and installed from nowhere this project may use. What they send, and
 * what they need of the answer, is written down here, from reading them: the Perl clients `cPanel::PublicAPI` and
 * `cPanel::APIClient`, and the TypeScript library `cpanel-node-api`, which makes requests and reads answers and
 * leaves it to others to send them.
 */

/** What earlier answers of an exchange gave: parts of later requests. */
interface Known {
	/** The first part of every path of the session, such as `/cpsess0123456789`. */
	token: string;
	/** The cookies, as a client sends them back. */
	cookie: string;
}

/** What a client looks at in an answer. */
interface Needs {
	status: number | RegExp;
	/** Of the first header with this name. */
	headers?: Record<string, RegExp>;
	json?: object;
	body?: RegExp;
}

/** A request and what its client needs of the answer. */
type Step = [request: (known: Known) => RawRequest, needs: Needs];

interface Conversation {
	/** The account has a second factor. */
	secondFactor?: boolean;
	steps: (code: string) => Step[];
}

const SECRET = 'JBSWY3DPEHPK3PXP';
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
/** What Perl's `HTTP::Tiny` says of a body it was told nothing about. */
const BYTES = { 'Content-Type': 'application/octet-stream' };

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const basic = (user: string, password: string): Record<string, string> => ({
	Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

const alice = { user: 'alice', pass: SEED.alice.password };
const { agency } = WHM_SEED;
const oldCall = (module: string, func: string, version: number): string =>
	form({
		cpanel_jsonapi_apiversion: String(version),
		cpanel_jsonapi_func: func,
		cpanel_jsonapi_module: module,
		cpanel_jsonapi_user: 'alice',
	});

/** A redirect, or an answer that names where a browser would go: both clients take the token from there. */
const LEADS_INTO_SESSION: Needs = {
	status: /^[23]\d\d$/,
	headers: { location: /^\/cpsess\d+\//, 'set-cookie': /^cpsession=alice%3a/ },
};
const UAPI_LIST = { status: 1, errors: null, data: [{ email: 'anna@example.com' }] };

const publicApiSignIn = (code?: string): Step => [
	() => ({
		port: 'cpanel',
		line: 'POST /login',
		headers: FORM,
		body: form({ ...alice, ...(code !== undefined && { tfa_token: code }) }),
	}),
	LEADS_INTO_SESSION,
];
const publicApiCall = (needs: Needs): Step => [
	({ token, cookie }) => ({
		port: 'cpanel',
		line: `GET ${token}/json-api/cpanel?${oldCall('Email', 'listpops', 2)}`,
		headers: { Cookie: cookie },
	}),
	needs,
];
const apiClientSignIn = (code?: string): Step => [
	() => ({
		port: 'cpanel',
		line: 'POST /login',
		headers: BYTES,
		body: form({ login_only: '1', ...alice, ...(code !== undefined && { tfa_token: code }) }),
	}),
	LEADS_INTO_SESSION,
];
const apiClientCall = (needs: Needs): Step => [
	({ token, cookie }) => ({
		port: 'cpanel',
		line: `POST ${token}/execute/Email/list_pops`,
		headers: { ...FORM, Cookie: cookie },
		body: form({ regex: '^anna' }),
	}),
	needs,
];

const conversations: Record<string, Conversation> = {
	'cPanel::PublicAPI with a password': {
		steps: () => [
			publicApiSignIn(),
			publicApiCall({ status: 200, json: { cpanelresult: { event: { result: 1 } } } }),
			[
				({ token, cookie }) => ({
					port: 'cpanel',
					line: `GET ${token}/json-api/cpanel?${oldCall('Email', 'no_such', 2)}`,
					headers: { Cookie: cookie },
				}),
				{ status: 200, body: /"error":"Could not find function/ },
			],
		],
	},
	'cPanel::PublicAPI with a wrong password': {
		steps: () => [
			[
				() => ({
					port: 'cpanel',
					line: 'POST /login',
					headers: FORM,
					body: form({ ...alice, pass: 'wrong' }),
				}),
				{ status: 401, headers: { location: /^$/ } },
			],
		],
	},
	'cPanel::PublicAPI with a password and a second factor': {
		secondFactor: true,
		steps: (code) => [
			publicApiSignIn(),
			publicApiCall({ status: 200, body: /tfa_login_form/ }),
			publicApiSignIn(code),
			publicApiCall({ status: 200, json: { cpanelresult: { event: { result: 1 } } } }),
		],
	},
	'cPanel::PublicAPI with a token': {
		steps: () => [
			[
				() => ({
					port: 'cpanel',
					line: 'POST /json-api/cpanel',
					headers: { ...BYTES, Authorization: `cpanel alice:${SEED.alice.apiToken}` },
					body: oldCall('Email', 'listpops', 2),
				}),
				{ status: 200, json: { cpanelresult: { event: { result: 1 } } } },
			],
		],
	},
	'cPanel::PublicAPI with a token of WHM': {
		steps: () => [
			[
				() => ({
					port: 'whm',
					line: 'POST /json-api/version',
					headers: { ...BYTES, Authorization: `whm agency:${agency.apiToken}` },
					body: 'api.version=1',
				}),
				{ status: 200, json: { metadata: { result: 1 }, data: { version: '11.138.0.10' } } },
			],
			[
				() => ({
					port: 'whm',
					line: 'POST /json-api/no_such',
					headers: { ...BYTES, Authorization: `whm agency:${agency.apiToken}` },
					body: 'api.version=1',
				}),
				// it tells a function that does not exist by these words
				{ status: 200, body: /"reason":"Unknown app \(.+\) requested/ },
			],
			[
				() => ({
					port: 'whm',
					line: 'POST /json-api/no_such',
					headers: { ...BYTES, Authorization: `whm agency:${agency.apiToken}` },
					body: 'api.version=0',
				}),
				{ status: 200, body: /"error":"Unknown App Requested/ },
			],
		],
	},
	'an old cPanel::PublicAPI with an access hash': {
		steps: () => [
			[
				() => ({
					port: 'whm',
					line: 'POST /json-api/listaccts',
					headers: { ...BYTES, Authorization: `WHM agency:${agency.apiToken}` },
					body: '',
				}),
				{ status: 200, json: { status: 1, acct: [{ user: 'alice' }] } },
			],
		],
	},
	'cPanel::APIClient with a password': {
		steps: () => [
			[
				() => ({
					port: 'cpanel',
					line: 'POST /execute/Email/list_pops',
					headers: { ...FORM, ...basic('alice', SEED.alice.password) },
					body: form({ regex: '^anna' }),
				}),
				{ status: 200, json: UAPI_LIST },
			],
		],
	},
	'cPanel::APIClient with a session': {
		steps: () => [apiClientSignIn(), apiClientCall({ status: 200, json: UAPI_LIST })],
	},
	'cPanel::APIClient with a session that needs a second factor': {
		secondFactor: true,
		steps: (code) => [apiClientSignIn(code), apiClientCall({ status: 200, json: UAPI_LIST })],
	},
	'cPanel::APIClient with a token': {
		steps: () => [
			[
				() => ({
					port: 'cpanel',
					line: 'POST /execute/Email/list_pops',
					headers: { ...FORM, Authorization: `cpanel alice:${SEED.alice.apiToken}` },
					body: form({ regex: '^anna' }),
				}),
				{ status: 200, json: UAPI_LIST },
			],
		],
	},
	'cPanel::APIClient with WHM': {
		steps: () =>
			[
				{ Authorization: `whm agency:${agency.apiToken}` },
				basic('agency', agency.password),
			].flatMap((authorization): Step[] => [
				[
					() => ({
						port: 'whm',
						line: 'POST /json-api/listaccts',
						headers: { ...FORM, ...authorization },
						body: 'api.version=1',
					}),
					{ status: 200, json: { metadata: { result: 1 }, data: { acct: [{ user: 'alice' }] } } },
				],
				[
					() => ({
						port: 'whm',
						line: 'POST /json-api/cpanel',
						headers: { ...FORM, ...authorization },
						body: `api.version=1&regex=%5Eanna&${oldCall('Email', 'list_pops', 3)}`,
					}),
					{ status: 200, json: { apiversion: 3, result: UAPI_LIST } },
				],
				[
					() => ({
						port: 'whm',
						line: 'POST /json-api/cpanel',
						headers: { ...FORM, ...authorization },
						body: form({ cpanel_jsonapi_user: 'nobody', cpanel_jsonapi_apiversion: '3' }),
					}),
					{ status: 200, json: { data: { result: '0' }, error: expect.any(String) } },
				],
			]),
	},
	'cpanel-node-api with UAPI': {
		steps: () => [
			[
				() => ({
					port: 'cpanel',
					line: 'POST /execute/Email/list_pops',
					headers: { ...FORM, Authorization: `cpanel alice:${SEED.alice.apiToken}` },
					body: 'api.paginate=1&api.paginate_start=3&api.paginate_size=2&api.sort=1&api.sort_column_0=email&api.sort_method_0=lexicographic&api.sort_reverse_0=0&api.filter_column_0=email&api.filter_type_0=contains&api.filter_term_0=example.com',
				}),
				{
					status: 200,
					json: {
						status: 1,
						data: [{ email: 'carol@example.com' }, { email: 'dora@example.com' }],
						metadata: {
							paginate: {
								start_result: 3,
								current_page: 2,
								results_per_page: 2,
								total_pages: 4,
								total_results: 7,
							},
							filter: { records_before_filter: 8 },
						},
					},
				},
			],
		],
	},
	'cpanel-node-api with WHM': {
		steps: () => [
			[
				() => ({
					port: 'whm',
					line: 'POST /json-api/listaccts',
					headers: { ...FORM, Authorization: `whm root:${WHM_SEED.root.apiToken}` },
					body: 'api.version=1&api.sort.enable=1&api.sort.a.field=user&api.sort.a.reverse=1&api.sort.a.method=lexicographic&api.filter.enable=1&api.filter.verbose=1&api.filter.a.field=domain&api.filter.a.type=contains&api.filter.a.arg0=example&api.chunk.enable=1&api.chunk.verbose=1&api.chunk.start=2&api.chunk.size=1',
				}),
				{
					status: 200,
					json: {
						data: { acct: [{ user: 'alice' }] },
						metadata: {
							result: 1,
							filter: { filtered: 2 },
							chunk: { start: 2, current: 2, size: 1, chunks: 2, records: 2 },
						},
					},
				},
			],
			[
				() => ({
					port: 'whm',
					line: 'POST /json-api/listaccts',
					headers: { ...FORM, Authorization: `whm root:${WHM_SEED.root.apiToken}` },
					// all of them
					body: 'api.version=1&api.chunk.enable=1&api.chunk.verbose=1&api.chunk.start=-1',
				}),
				{ status: 200, json: { data: { acct: [{}, {}] }, metadata: { chunk: { records: 2 } } } },
			],
		],
	},
};

describe('the stand-in answers as clients need it that cannot be installed', () => {
	let server: Cpsrvd;

	beforeAll(async () => {
		server = await startCpsrvd({ cpanelPort: 0, webmailPort: 0, whmPort: 0 });
	});
	afterEach(() => server.reset());
	afterAll(async () => await server.stop());

	test.each(Object.entries(conversations))('%s', async (_name, conversation) => {
		if (conversation.secondFactor) server.addAccount({ ...SEED.alice, totpSecret: SECRET });
		const known: Known = { token: '', cookie: '' };
		const steps = conversation.steps(codeOf(SECRET, server.clock.now()));
		expect.hasAssertions();
		for (const [request, needs] of steps) {
			const answer = await exchange(server, request(known));
			check(answer, needs);
			learn(known, answer);
		}
	});
});

function check({ status, headers, body }: RawAnswer, needs: Needs): void {
	if (typeof needs.status === 'number') expect(status).toBe(needs.status);
	else expect(String(status)).toMatch(needs.status);
	for (const [name, value] of Object.entries(needs.headers ?? {})) {
		expect(headers[name]?.[0] ?? '').toMatch(value);
	}
	if (needs.json) expect(JSON.parse(body)).toMatchObject(needs.json);
	if (needs.body) expect(body).toMatch(needs.body);
}

/** A client keeps its cookies, and takes the token from where it is sent to. */
function learn(known: Known, { headers }: RawAnswer): void {
	const [token] = /^\/[^/]+/.exec(headers['location']?.[0] ?? '') ?? [];
	if (token) known.token = token;
	const cookies = headers['set-cookie']?.map((cookie) => cookie.split(';')[0] ?? '');
	if (cookies) known.cookie = cookies.join('; ');
}
