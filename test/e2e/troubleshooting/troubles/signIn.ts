import { SEED } from '../../../cpsrvd';
import { aliceAt } from '../../harness/world';
import {
	NOTHING_MORE_SENT,
	session,
	throughWhm,
	withCredential,
	withSecondFactor,
} from './arrange';
import type { Arrangement, Scene, TroubleGroup } from './trouble';

export const signIn: TroubleGroup = {
	title: 'Signing in is refused',
	troubles: [
		{
			message: '… did not accept the credential (HTTP 401)',
			advice: `Check the user name and API token in the credential; the token may have expired. A token that was created in WHM belongs in a “cPanel WHM API” credential. ${NOTHING_MORE_SENT}`,
			cause:
				'Wrong user name or token, an expired token, a token of WHM. One request was sent, however many items there were',
			arrange: async (scene) => await withCredential(scene, { apiToken: 'WRONGTOKEN0123456789' }),
		},
		{
			message: '… did not accept the credential (HTTP 401)',
			advice: `Check the user name and password in the credential. An account with two-factor authentication needs an API token or its “Two-Factor Secret”. If the provider does not accept a password with each request, choose “Session Sign-In”. ${NOTHING_MORE_SENT}`,
			cause: 'The same with a password, or a provider that accepts none with each request',
			arrange: async (scene) =>
				await withCredential(scene, { authentication: 'password', password: 'not the password' }),
		},
		{
			message: '… did not accept the credential (HTTP 403)',
			advice: `Check the user name and API token in the credential: the token may be wrong or have expired. A token that was created in cPanel belongs in a “cPanel API” credential. If all of that is right, the token or its user lacks the privilege for this. ${NOTHING_MORE_SENT}`,
			cause: 'The same with WHM, or a token without the privilege: WHM answers both alike',
			arrange: async (scene) => await throughWhm(scene, {}, { apiToken: 'WRONGTOKEN0123456789' }),
		},
		{
			message: '… did not accept the sign-in (HTTP 401)',
			advice: `Check the user name and password in the credential; an account with two-factor authentication needs its “Two-Factor Secret”. ${NOTHING_MORE_SENT}`,
			cause: '_Session Sign-In_ with a wrong user name or password; the server does not say which',
			arrange: async (scene) =>
				await withCredential(scene, { authentication: 'session', password: 'not the password' }),
		},
		{
			message: '… asks for a two-factor code',
			advice: `The account has two-factor authentication. Use an API token, which needs no code, or enter the account’s key under “Two-Factor Secret” in the credential. ${NOTHING_MORE_SENT}`,
			cause: 'The credential has the password only',
			arrange: async (scene) => await withSecondFactor(scene, { authentication: 'session' }),
		},
		{
			message: '… did not accept the two-factor code',
			advice: `Check “Two-Factor Secret” in the credential: it is the key that cPanel showed with the QR code for this account. The clocks of n8n and of the server must agree within 30 seconds. ${NOTHING_MORE_SENT}`,
			cause: 'The key of another account, or a clock that is wrong',
			arrange: async (scene) =>
				await withSecondFactor(scene, {
					authentication: 'session',
					totpSecret: 'GEZDGNBVGY3TQOJQ',
				}),
		},
		{
			message: '… denies access to this account (HTTP 403)',
			advice: `Check the type of credential (a cPanel token, not a WHM token), the port (2083), and whether the provider allows API access. ${NOTHING_MORE_SENT}`,
			cause: 'A token of WHM, the wrong port, or a provider that allows no API access',
			arrange: () => ({ switches: { executeStatus: 403 }, steps: [session()] }),
		},
		{
			message: 'The server has locked out this account or the address of n8n',
			advice:
				'Too many sign-ins were refused. Wait several minutes before you try again: each attempt extends the lockout. The hosting provider can lift it (cPHulk in WHM).',
			cause: 'Too many refused sign-ins, from anywhere',
			arrange: ({ server }: Scene): Arrangement => {
				for (let refused = 0; refused < 5; refused++) {
					server.state.lockout.refused('127.0.0.1', SEED.alice.user);
				}
				return { steps: [session()] };
			},
		},
		{
			message: '… did not accept the sign-in: cPanel does not accept this user name',
			advice: `Check the user name and password in the credential; an account with two-factor authentication needs its “Two-Factor Secret”. ${NOTHING_MORE_SENT}`,
			cause:
				'The reason as the server names it; there are eight more, such as an expired session or a changed address',
			arrange: async (scene) => ({
				...(await withCredential(scene, {
					authentication: 'session',
					password: 'another that is wrong',
				})),
				switches: { signInMessage: 'invalid_username' },
			}),
		},
		{
			message: 'The credential belongs to the account …, and not to …',
			advice:
				'Under “Username”, enter the account that you want to use, with its own token or password.',
			cause: 'On the test of a credential: the token is that of another account than the user name',
			arrange: ({ server }) => ({
				switches: { alterData: () => ({ user: 'bob' }) },
				tested: { type: 'cpanelApi', data: aliceAt(server.address) },
			}),
		},
	],
};
