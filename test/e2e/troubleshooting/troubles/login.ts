import { loginAfter, NEW_SESSION } from './arrange';
import type { TroubleGroup } from './trouble';

export const login: TroubleGroup = {
	title: 'The login is refused',
	troubles: [
		{
			message: 'Webmail does not recognize this session: it was already used or never existed',
			advice: NEW_SESSION,
			cause: 'A second click, or a scanner that opened the link first',
			arrange: (scene) =>
				loginAfter(scene, (made, { state }) => {
					state.sessions.open(made);
				}),
		},
		{
			message: 'The session expired before it was used',
			advice: NEW_SESSION,
			cause: 'It was older than about 15 minutes',
			arrange: (scene) => loginAfter(scene, (_, { clock }) => clock.advance(16 * 60_000)),
		},
		{
			message: 'The session was created for a different address than the one that used it',
			advice:
				'cPanel binds a session to an address: the one under “Remote Address”, or else the address of n8n. Leave it empty when n8n itself logs in; give the visitor’s address for a link or a page.',
			cause: 'It is bound to n8n’s address, or to a wrong one',
			arrange: (scene) => loginAfter(scene, () => {}, { address: '203.0.113.7' }),
		},
		{
			message: '… answered the login with the session of another user',
			advice:
				'Responses were mixed up on the way, so the node discarded this one. Create a new session and log in with it.',
			cause: 'Something between n8n and Webmail that mixes answers up',
			arrange: async (scene) =>
				await loginAfter(scene, (_, { switches }) => {
					switches.loginAnswer = 'redirectToOther';
				}),
		},
		{
			message: '… redirected to a session but did not set its cookie',
			advice: 'Webmail did not log in. Create a new session and log in with it right away.',
			cause: 'Something between n8n and Webmail that takes cookies out',
			arrange: async (scene) =>
				await loginAfter(scene, (_, { switches }) => {
					switches.loginAnswer = 'noCookie';
				}),
		},
		{
			message: 'The security token does not belong to this session',
			advice: 'Take “Token” and “Session” from the same item of the cPanel Session node.',
			cause: 'Token and session come from two different items',
			arrange: async (scene) => await loginAfter(scene, () => {}, { token: '/cpsess9999999999' }),
		},
	],
};
