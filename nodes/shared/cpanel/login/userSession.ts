import { CpanelError } from '../../errors';
import { isRecord } from '../response/json';
import { identifySession } from '../api/sessionOwner';
import type { Channel } from '../api/send';
import { callWhm } from '../api/whm';
import type { WhmCredential } from '../input/credentials';
import { CPANEL_PORT, parseHost, parseUrl } from '../input/host';
import type { Host } from '../input/host';
import type { LoginTicket } from '../input/loginTicket';
import { normalizeSecurityToken } from '../input/loginTicket';
import type { LoggedInSession } from '../input/sessionUrl';
import { logInToCpanel } from './login';

/**
 * `create_user_session`: a session of cPanel that WHM makes for one of its accounts (protocol.md, 6.2). It is opened
 * at cPanel with what WHM returns; the token of WHM stays out of that.
 *
 * @param user name of the cPanel account
 * @throws {CpanelError} see `callWhm`, and of kind `credential` when cPanel does not let the session in: what was
 * made for this login and is refused would be refused for the next item, too
 */
export async function openUserSession(
	channel: Channel,
	credential: WhmCredential,
	user: string,
): Promise<LoggedInSession> {
	const { data } = await callWhm(channel, credential, {
		function: 'create_user_session',
		arguments: { user, service: 'cpaneld' },
		identify(found) {
			const session = isRecord(found) ? found.session : undefined;
			return typeof session === 'string' ? identifySession(session, { account: user }) : {};
		},
	});
	try {
		const ticket = readUserSession(data, credential.server);
		const { sessionUrl, cookie } = await logInToCpanel(channel, ticket);
		return { sessionUrl, cookie };
	} catch (error) {
		throw error instanceof CpanelError && error.kind === 'signIn'
			? sessionNotAccepted(error)
			: error;
	}
}

/**
 * `create_user_session` returns the parts and an address made of them. cPanel is on the server that WHM is on; the
 * address tells its port, and its host name may be one that only the server itself knows.
 */
function readUserSession(data: Record<string, unknown>, server: Host): LoginTicket {
	const { session, cp_security_token: token, url } = data;
	const securityToken = typeof token === 'string' ? normalizeSecurityToken(token) : undefined;
	if (typeof session !== 'string' || session === '' || securityToken === undefined) {
		throw new CpanelError('answer', 'WHM’s response contains no usable session', {
			hint: 'Run the item again. If it keeps happening, report it to the hosting provider.',
		});
	}
	const port = (typeof url === 'string' && parseUrl(url)?.port) || '';
	return {
		host: parseHost(`${server.name}:${port || CPANEL_PORT}`, CPANEL_PORT, 'Server'),
		token: securityToken,
		session,
	};
}

function sessionNotAccepted(error: CpanelError): CpanelError {
	return error.as('credential', {
		message: 'cPanel did not accept the session that WHM created for the account',
		hint: 'cPanel binds a session to an address: n8n must reach the server from one address only. n8n did not sign in again, to avoid a lockout of the account.',
	});
}
