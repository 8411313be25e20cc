import { inspect } from 'node:util';

import type * as Workflow from 'n8n-workflow';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Cpsrvd, Switches } from '../cpsrvd';
import { loginStep, sessionStep, typed, useCpsrvd } from './harness/cpanel';
import { letAMinutePass } from './harness/minutes';
import { EVERY_WAY, TWO_WAYS, codesOf, runChainBy, secretsOf } from './harness/ways';
import type { Way } from './harness/ways';
import { NEVER, useDeadlines } from '../contract/deadlines';
import { usePassingTime } from './harness/passingTime';
import type * as PassingTime from './harness/passingTime';
import type { ChainRun, Step } from '../engine/engine';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof PassingTime>('./harness/passingTime')
		.withPassingTime(jest.requireActual<typeof Workflow>('n8n-workflow')),
);

const cpsrvd = useCpsrvd();
usePassingTime();
const passDeadlines = useDeadlines();

interface Failure {
	/** What the world is like. */
	switches?: Partial<Switches>;
	/** What is asked of it; a session for `anna` unless told. */
	steps?: Step[];
	/** How the credential differs from a good one. */
	credential?: 'wrong' | ((server: Cpsrvd) => ICredentialDataDecryptedObject);
	/** Whether it is about who signs in: then it is told with every way of doing so. */
	ofSignIn?: boolean;
	/** Whether the time that a request may take passes as soon as it has come. */
	tooLate?: boolean;
	/** What the person is told. */
	message: RegExp;
	/** What the person is told to do. */
	hint: RegExp;
}

const checkPassword = (password: string, login = 'anna') =>
	sessionStep({
		operation: 'createWebmailSessionForMailUserCheckPassword',
		login: typed(login),
		password,
	});

const toWebmail = { when: ({ port }: { port: string }) => port === 'webmail' };
const sessionThenLogin = [sessionStep(), loginStep()];

/* One of each kind, for what becomes of it on the way through n8n: the words of all others stand in the unit tests. */
const failures: Record<string, Failure> = {
	'an unknown mailbox in its “Error ID” form': {
		switches: { missingMailbox: 'errorId' },
		steps: [sessionStep({ login: typed('nobody') })],
		message: /^nobody@example\.com is probably not a mailbox of this account$/,
		hint: /Often the mailbox does not exist.+for_mail_user: .+Error ID: /,
	},
	'a wrong mailbox password': {
		steps: [checkPassword('wr0ng: p@ss+w%rd')],
		message: /password/i,
		hint: /Check the password of the mailbox/,
	},
	'a feature that is off': {
		switches: { featureOff: ['Session'] },
		message: /feature/i,
		hint: /hosting provider can enable the feature/,
	},
	'a login page with HTTP 200': {
		ofSignIn: true,
		switches: { loginPageWith200: true },
		credential: 'wrong',
		message: /did not accept the (credential|sign-in) \(its login page\)$/,
		hint: /^Check the user name and (API token|password)/,
	},
	'a 401 with nothing': {
		ofSignIn: true,
		switches: { unauthorizedBody: 'empty' },
		credential: 'wrong',
		message: /did not accept the (credential|sign-in) \(HTTP 401\)$/,
		hint: /n8n sent no further request/,
	},
	'a 403': {
		ofSignIn: true,
		switches: { executeStatus: 403 },
		// a wrong token of WHM looks the same
		message: /(denies access to this account|did not accept the credential) \(HTTP 403\)$/,
		hint: /^Check .+ n8n sent no further request/,
	},
	'a 429': {
		switches: { busy: { status: 429 } },
		message: /is receiving too many requests \(HTTP 429\), after 4 attempts$/,
		hint: /Max Concurrency/,
	},
	'a 500': {
		switches: { executeStatus: 500 },
		message: /could not handle the request \(HTTP 500\)$/,
		hint: /look at cPanel’s log/,
	},
	'a redirect to another host': {
		switches: { redirectTo: { origin: 'https://elsewhere.example', status: 302 } },
		message: /redirects to elsewhere\.example, which n8n did not follow$/,
		hint: /enter it as the server/,
	},
	'JSON that is not UAPI’s': {
		switches: { notUapi: { hello: 'world' } },
		message: /sent JSON that is not a response from (UAPI|WHM)$/,
		hint: /Check that the server and port belong to cPanel/,
	},
	'an answer with a malformed token': {
		switches: { tokenMalformed: '/../evil' },
		message: /contains a malformed security token$/,
		hint: /This response cannot be used to log in/,
	},
	'an answer that is far too large': {
		switches: { hugeBody: 2 },
		message: /sent more than 1 MiB/,
		hint: /Check that the server and port belong to cPanel/,
	},
	'a compressed answer that is far too large': {
		switches: { gzipBomb: 8 },
		message: /sent more than 1 MiB/,
		hint: /Check that the server and port belong to cPanel/,
	},
	'a time-out': {
		switches: { neverAnswer: true },
		tooLate: true,
		steps: [sessionStep({ options: { timeout: NEVER } })],
		message: /did not send a complete response within 300 seconds$/,
		hint: /Raise “Timeout”/,
	},
	'a connection that is reset in the middle of an answer': {
		switches: { reset: 'mid-answer' },
		message: /^The connection to .+ closed before the response was complete$/,
		hint: /Run the item again/,
	},
	'a connection that is refused': {
		credential: (server) => ({ server: `${server.address}:1` }),
		message: /^No server accepts connections at .+:1$/,
		hint: /Many hosts close ports/,
	},
	'a certificate that is refused': {
		credential: () => ({ allowUnauthorizedCerts: false }),
		message: /^The certificate of .+ was refused: it is self-signed$/,
		hint: /turn on “Ignore SSL Issues” in the (cPanel|WHM) credential/,
	},
	'a certificate that is refused at the login': {
		steps: [sessionStep(), loginStep({ options: {} })],
		message: /^The certificate of .+ was refused: it is self-signed$/,
		hint: /turn on “Ignore SSL Issues” under “Options” of this node/,
	},
	'a login with a session that was used': {
		switches: { loginAnswer: 'preAuth401' },
		steps: sessionThenLogin,
		message: /already used/,
		hint: /Create a new session/,
	},
	'a login whose connection breaks': {
		switches: { reset: 'before-answer', ...toWebmail },
		steps: sessionThenLogin,
		message: /^The connection to .+:2096 closed/,
		hint: /Run the item again/,
	},
	'a temporary user in a session that has ended': {
		steps: [
			sessionStep({ operation: 'createWebmailSessionForSelf' }),
			loginStep(),
			sessionStep({
				operation: 'createTempUser',
				sessionSource: 'existing',
				sessionUrl: '={{ $json.sessionUrl.slice(0, -1) }}',
			}),
		],
		message: /did not accept the session \(HTTP 401\)$/,
		hint: /Log in again/,
	},
};

/** The sign-in of a session meets no awkward world of its own here: what it meets has a table of its own. */
const notAtSignIn = ({ path }: { path: string }) => path !== '/login/';

async function meet(
	way: Way,
	{ switches, steps = [sessionStep()], credential = () => ({}), tooLate }: Failure,
): Promise<ChainRun> {
	const server = cpsrvd();
	const changes = credential === 'wrong' ? way.wrong : credential(server);
	// how a refusal looks is a matter of the sign-in
	const when = credential === 'wrong' ? {} : { when: tooLate ? thenTooLate : notAtSignIn };
	Object.assign(server.switches, when, switches);
	return await runChainBy(way, server, { credential: way.credential(server, changes), steps });
}

/** Once the switches are met, the time is over. */
function thenTooLate(entry: { path: string }): boolean {
	if (notAtSignIn(entry)) setImmediate(passDeadlines);
	return notAtSignIn(entry);
}

/** Everything that is told of the step that failed; what others returned is their product. */
function toldOf({ thrown: [error], run }: ChainRun): string {
	const { error: stored } = run.data.resultData;
	return [
		String(error),
		error?.stack ?? '',
		JSON.stringify(error),
		inspect(error, { depth: 12, showHidden: true }),
		JSON.stringify(stored),
		inspect(stored, { depth: 12 }),
	].join('\n');
}

const eachWay = Object.entries(failures).flatMap(([name, failure]) =>
	(failure.ofSignIn ? EVERY_WAY : TWO_WAYS).map(
		([wayName, way]) => [name, wayName, way, failure] as const,
	),
);

describe.each(eachWay)('%s, with %s', (_name, _way, way, failure) => {
	test('is told with its cause and the next step', async () => {
		const { thrown, run } = await meet(way, failure);

		expect(thrown).toHaveLength(1);
		expect(thrown[0]).toMatchObject({
			message: expect.stringMatching(failure.message),
			description: expect.stringMatching(failure.hint),
			context: { itemIndex: 0 },
		});
		expect(run.data.resultData.error?.message).toBe(thrown[0]?.message);
	});

	test('is told without a secret, also when the server repeats all it was sent', async () => {
		cpsrvd().switches.echoSecrets = true;
		const chain = await meet(way, failure);

		expect(chain.thrown).toHaveLength(1);
		const told = toldOf(chain);
		const secrets = secretsOf(cpsrvd());
		expect(secrets.length).toBeGreaterThan(0);
		for (const secret of secrets) expect(told).not.toContain(secret);
		for (const code of codesOf(cpsrvd())) expect(told).not.toMatch(new RegExp(`\\b${code}\\b`));
	});
});

test.each(TWO_WAYS)('every failure is told in words of its own, with %s', async (_, way) => {
	const namesByMessage = new Map<string, string[]>();
	for (const [name, failure] of Object.entries(failures)) {
		cpsrvd().reset();
		letAMinutePass();
		const [error] = (await meet(way, failure)).thrown;
		const message = error?.message ?? '';
		namesByMessage.set(message, [...(namesByMessage.get(message) ?? []), name]);
	}
	expect([...namesByMessage.values()].filter(({ length }) => length > 1)).toEqual(toldAlike);
});

/** One failure in several disguises; all others are told in words of their own. */
const toldAlike = [
	['an answer that is far too large', 'a compressed answer that is far too large'],
];
