import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { SEED, WHM_SEED } from '../../cpsrvd';
import type { Cpsrvd, JournalEntry } from '../../cpsrvd';
import { runChain } from '../../engine/engine';
import type { Chain, ChainRun } from '../../engine/engine';
import { passwordCredential, tokenCredential, typed } from './cpanel';

type Credential = ICredentialDataDecryptedObject;

/** A way of signing in: the credential, and the server that wants just that. */
export interface Way {
	credentialType: 'cpanelApi' | 'cpanelWhmApi';
	/** The credential of who may act for `alice`. */
	credential(server: Cpsrvd, changes?: Credential): Credential;
	/** What makes it a credential that the server refuses. */
	wrong: Credential;
	/** Makes the server what this way is for. */
	prepare?(server: Cpsrvd): void;
	/** What the Session node needs besides the parameters of its operation. */
	parameters: INodeParameters;
	/** What tells the server who calls. */
	proof: { header: 'authorization' | 'cookie'; like: RegExp };
	/** Where a call comes in, and with how much before and after it. */
	port: 'cpanel' | 'whm';
	/** Where a session of the account is opened. */
	sessionAt: 'webmail' | 'cpanel';
}

const SECRET = 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP';

const byPassword =
	(changes: Credential) =>
	(server: Cpsrvd, more: Credential = {}) => ({
		...passwordCredential(server),
		...changes,
		...more,
	});

/** From now on `alice` needs the code of an authenticator app, whatever she does with her password. */
export function useSecondFactor(server: Cpsrvd): void {
	server.addAccount({ ...SEED.alice, totpSecret: SECRET.replaceAll(' ', '') });
	server.switches.twoFactorPolicy = true;
}

const cpanel = {
	credentialType: 'cpanelApi',
	parameters: {},
	port: 'cpanel',
	sessionAt: 'webmail',
} as const;
const wrongPassword = { password: 'wrong: pässword' };
const session = { authentication: 'session' };

export const ALL_WAYS: Record<string, Way> = {
	'an API token': {
		...cpanel,
		credential: tokenCredential,
		wrong: { apiToken: 'WRONGTOKEN0123456789' },
		proof: { header: 'authorization', like: /^cpanel alice:[A-Z0-9]+$/ },
	},
	'a password': {
		...cpanel,
		credential: byPassword({}),
		wrong: wrongPassword,
		proof: { header: 'authorization', like: /^Basic [A-Za-z0-9+/=]+$/ },
	},
	'a password and a second factor': {
		...cpanel,
		credential: byPassword({ totpSecret: SECRET }),
		wrong: wrongPassword,
		prepare: useSecondFactor,
		proof: { header: 'authorization', like: /^Basic [A-Za-z0-9+/=]+$/ },
	},
	'a session': {
		...cpanel,
		credential: byPassword(session),
		wrong: wrongPassword,
		prepare: ({ switches }) => (switches.loginOnly = true),
		proof: { header: 'cookie', like: /^cpsession=alice%3a/ },
	},
	'a session and a second factor': {
		...cpanel,
		credential: byPassword({ ...session, totpSecret: SECRET.toLowerCase() }),
		wrong: wrongPassword,
		prepare(server) {
			server.switches.loginOnly = true;
			useSecondFactor(server);
		},
		proof: { header: 'cookie', like: /^cpsession=alice%3a/ },
	},
	WHM: {
		credentialType: 'cpanelWhmApi',
		credential: whmCredential,
		wrong: { apiToken: 'WRONGTOKEN0123456789' },
		parameters: { authentication: 'whm', account: typed('alice') },
		proof: { header: 'authorization', like: /^whm agency:[A-Z0-9]+$/ },
		port: 'whm',
		sessionAt: 'cpanel',
	},
};

/** For statements about signing in. */
export const EVERY_WAY: Array<[name: string, way: Way]> = Object.entries(ALL_WAYS);

/** For all others: the two that are least alike. */
export const TWO_WAYS = EVERY_WAY.filter(([name]) =>
	['a session and a second factor', 'WHM'].includes(name),
);

export function whmCredential(server: Cpsrvd, changes: Credential = {}): Credential {
	return {
		server: server.address,
		username: WHM_SEED.agency.user,
		apiToken: WHM_SEED.agency.apiToken,
		allowUnauthorizedCerts: true,
		...changes,
	};
}

/** Runs a chain whose Session nodes sign in this way. */
export async function runChainBy(
	way: Way,
	server: Cpsrvd,
	{ steps, ...chain }: Chain,
): Promise<ChainRun> {
	way.prepare?.(server);
	return await runChain({
		credential: way.credential(server),
		credentialType: way.credentialType,
		...chain,
		steps: steps.map((step) =>
			step.type === 'cpanelSession'
				? { ...step, parameters: { ...way.parameters, ...step.parameters } }
				: step,
		),
	});
}

/** The calls of functions among the requests: no sign-in, no login, no log-out. */
export function callsTo({ journal }: Cpsrvd): JournalEntry[] {
	return journal.entries.filter(({ path }) => /\/(execute|json-api)\//.test(path));
}

/** Whether a request is the sign-in of an account. */
export function isSignIn({ port, path }: JournalEntry): boolean {
	return port === 'cpanel' && /^\/login\/?$/.test(path);
}

/** Whether a request ends a session. */
export function isLogOut({ path }: JournalEntry): boolean {
	return /^\/cpsess\d+\/logout\/?$/.test(path);
}

/** Everything secret that the server received or gave out, as it is and as it is encoded. */
export function secretsOf({ journal, state }: Cpsrvd): string[] {
	const sent = journal.entries.flatMap(({ headers, form, query }) => [
		headers.authorization,
		headers.authorization?.split(/[ :]/).at(-1),
		headers.cookie,
		form.password,
		form.pass,
		form.session,
		query.session,
	]);
	const given = [...state.sessions].flatMap(({ value, token, cookie }) => [value, token, cookie]);
	const own = [
		SEED.alice.apiToken,
		SEED.alice.password,
		SEED.alice.mailboxes['anna@example.com'].password,
		WHM_SEED.agency.apiToken,
		SECRET,
		SECRET.replaceAll(' ', ''),
	];
	return [...sent, ...given, ...own]
		.filter((secret): secret is string => typeof secret === 'string' && secret !== '')
		.flatMap((secret) => [
			secret,
			encodeURIComponent(secret),
			new URLSearchParams({ '': secret }).toString().slice(1),
		]);
}

/** The codes of second factors that the server received. */
export function codesOf({ journal }: Cpsrvd): string[] {
	return journal.entries
		.flatMap(({ headers, form }) => [headers['x-cpanel-otp'], form.tfa_token])
		.filter((code): code is string => typeof code === 'string');
}
