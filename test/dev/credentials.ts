import { SEED, WHM_SEED, type Cpsrvd } from '../cpsrvd';
import type { RunningN8n } from '../e2e/harness/n8n';
import type { StoredCredential } from '../e2e/harness/workflowFile';
import { agencyAt, aliceAt } from '../e2e/harness/world';
import { ACCESS_LINK_PATH } from './accessLinks';
import { TROUBLED } from './standIn';

/** A credential to be stored in n8n. */
interface DevCredential {
	type: string;
	name: string;
	data: Record<string, unknown>;
}

/**
 * Stores the credentials of a developer's n8n. Of each type the first one works; it is chosen in the examples.
 *
 * @param server the stand-in for cPanel
 * @param smtp what n8n's SMTP credential has to say about the mail server
 */
export async function storeCredentials(
	n8n: RunningN8n,
	server: Cpsrvd,
	smtp: Record<string, unknown>,
): Promise<StoredCredential[]> {
	const stored: StoredCredential[] = [];
	for (const { type, name, data } of credentialsFor(n8n, server, smtp)) {
		stored.push(await n8n.createCredential(type, name, data));
	}
	return stored;
}

function credentialsFor(
	{ origin }: RunningN8n,
	{ address }: Cpsrvd,
	smtp: Record<string, unknown>,
): DevCredential[] {
	const { tina, felix, lea, emma } = TROUBLED;
	const byToken = (account: { user: string; apiToken: string }): Record<string, unknown> => ({
		...aliceAt(address),
		username: account.user,
		apiToken: account.apiToken,
	});
	const cpanel = (name: string, data: Record<string, unknown>): DevCredential => ({
		type: 'cpanelApi',
		name,
		data,
	});
	const bySignIn = { ...aliceAt(address), authentication: 'session', apiToken: '' };
	const asTina = { ...bySignIn, username: tina.user, password: tina.password };
	return [
		cpanel('cPanel account', aliceAt(address)),
		cpanel('cPanel, by password', {
			...bySignIn,
			authentication: 'password',
			password: SEED.alice.password,
		}),
		cpanel('cPanel, two-factor', { ...asTina, totpSecret: tina.totpSecret }),
		cpanel('cPanel, no mailbox yet', byToken(emma)),
		cpanel('Trouble: two-factor without its secret', asTina),
		cpanel('Trouble: may not list', byToken(felix)),
		cpanel('Trouble: locked out', byToken(lea)),
		cpanel('Trouble: wrong token', { ...aliceAt(address), apiToken: 'WRONG' }),
		{ type: 'cpanelWhmApi', name: 'cPanel WHM account', data: agencyAt(address) },
		{
			type: 'cpanelWhmApi',
			name: 'WHM, root',
			data: {
				...agencyAt(address),
				username: WHM_SEED.root.user,
				apiToken: WHM_SEED.root.apiToken,
			},
		},
		{
			type: 'cpanelAccessLinkApi',
			name: 'cPanel Access Link account',
			data: {
				address: `${origin}/webhook/${ACCESS_LINK_PATH}`,
				secret: 'for trying things only, and long enough',
			},
		},
		{ type: 'smtp', name: 'SMTP account', data: smtp },
		{
			type: 'httpHeaderAuth',
			name: 'Header Auth account',
			data: { name: 'X-Webhook-Key', value: 'for trying things only' },
		},
	];
}
