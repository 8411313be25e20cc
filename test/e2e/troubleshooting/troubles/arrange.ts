import type { INodeParameterResourceLocator } from 'n8n-workflow';

import { SEED, type Cpsrvd, type CpsrvdOptions, type Session } from '../../../cpsrvd';
import { unchosen, type Step } from '../../harness/steps';
import { agencyAt, aliceAt, type World } from '../../harness/world';
import type { Arrangement, Scene } from './trouble';

export const typed = (value: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'name',
	value,
});

export const session = (parameters: Step['parameters'] = {}): Step => ({
	type: 'n8n-nodes-cpanel-session.cpanelSession',
	parameters: { domain: typed('example.com'), login: typed('anna'), ...parameters },
	credentials: unchosen,
});

export const checkPassword = (login: string, password: string): Step =>
	session({
		operation: 'createWebmailSessionForMailUserCheckPassword',
		login: typed(login),
		// an expression, as the field recommends: n8n stores what is typed with the workflow
		password: `={{ ${JSON.stringify([...password].reverse().join(''))}.split('').reverse().join('') }}`,
	});

export const login = (parameters: Step['parameters'] = {}, more: Partial<Step> = {}): Step => ({
	type: 'n8n-nodes-cpanel-session.cpanelWebmailLogin',
	parameters,
	...more,
});

/** Asks with a credential that differs from the right one. */
export async function withCredential(
	{ n8n, server }: World,
	changes: Record<string, unknown>,
	more: Partial<Step> = {},
): Promise<Arrangement> {
	const data = { ...aliceAt(server.address), ...changes };
	return {
		steps: [{ ...session(), ...more }],
		credentials: [await n8n.createCredential('cpanelApi', 'Another', data)],
	};
}

/** Asks as a user of WHM. */
export async function throughWhm(
	{ n8n, server }: World,
	parameters: Step['parameters'] = {},
	changes: Record<string, unknown> = {},
): Promise<Arrangement> {
	const data = { ...agencyAt(server.address), ...changes };
	return {
		steps: [
			{
				...session({ authentication: 'whm', ...parameters }),
				credentials: { cpanelWhmApi: { id: null, name: '' } },
			},
		],
		credentials: [await n8n.createCredential('cpanelWhmApi', 'WHM', data)],
	};
}

/** Lists more mailboxes than fit into an answer, at a server that sends them all at once. */
export function manyAtOnce({ server }: World): Arrangement {
	const mailboxes = Array.from({ length: 13_300 }, (_, index) => [
		`mailbox-${index}@example.com`,
		{ password: 'secret' },
	]);
	server.addAccount({ ...SEED.alice, mailboxes: Object.fromEntries(mailboxes) });
	return {
		switches: { ignorePaging: true },
		steps: [session({ operation: 'getManyMailboxes', domain: typed(''), returnAll: true })],
	};
}

/** Asks for `alice`, who has a second factor from now on. */
export async function withSecondFactor(
	scene: World,
	changes: Record<string, unknown>,
): Promise<Arrangement> {
	scene.server.addAccount({ ...SEED.alice, totpSecret: 'JBSWY3DPEHPK3PXP' });
	return await withCredential(scene, { password: SEED.alice.password, ...changes });
}

/** A login with a session that was made before, and what became of it since. */
export async function loginAfter(
	scene: Scene,
	meanwhile: (made: Session, server: Cpsrvd) => void,
	{ address = '127.0.0.1', token }: { address?: string; token?: string } = {},
): Promise<Arrangement> {
	const server = await scene.another();
	const made = server.state.sessions.create({
		service: 'webmail',
		account: SEED.alice.user,
		mailbox: 'anna@example.com',
		opened: 'api',
		address,
		locale: 'en',
	});
	meanwhile(made, server);
	return {
		steps: [
			login({
				...unverified,
				host: server.address,
				token: token ?? made.token,
				session: made.value,
			}),
		],
	};
}

export const unverified = { options: { allowUnauthorizedCerts: true } };

export const NEW_SESSION = 'Create a new session and use it within 15 minutes, once.';

export const NOTHING_MORE_SENT = 'n8n sent no further request, to avoid a lockout of the account.';

export const CHECK_REACHABLE =
	'Check the server name and port, and check that firewalls allow connections from n8n. Many hosts close ports 2082 to 2096 to unknown addresses.';

/** Asks a server that speaks TLS in a way of its own. */
export async function withServer(scene: Scene, tls: CpsrvdOptions['tls']): Promise<Arrangement> {
	const { address } = await scene.another({ tls });
	return await withCredential(scene, { server: address, allowUnauthorizedCerts: true });
}

/** Asks from an n8n whose way leads through a proxy. */
export async function throughProxy(
	scene: Scene,
	proxy: 'refuses' | 'isDown',
): Promise<Arrangement> {
	const world = await scene.behindProxy(proxy);
	return { world, steps: [session()] };
}
