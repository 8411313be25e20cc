import { CpanelError } from '../../errors';
import { cookieHeader, cookiesOfSomebody, landingPage } from '../answers/login';
import { signInRefusal } from '../answers/signInRefusal';
import type { SignInWords } from '../answers/signInRefusal';
import { judgeStatus } from '../answers/verdicts';
import { exchange } from '../calls/exchange';
import type { Connection } from '../calls/exchange';
import { callWhm } from '../calls/whm';
import type { WhmCredential } from '../input/credentials';
import { parseHost } from '../input/host';
import type { Host } from '../input/host';
import { normalizeSecurityToken, securityTokenOf } from '../input/securityToken';
import { CPANEL_PORT } from '../input/server';
import type { LoggedInSession } from '../input/sessionUrl';

/**
 * `create_user_session`: a session of cPanel that WHM makes for one of its accounts (protocol.md, 6.2). It is opened
 * at cPanel with what WHM returns; the token of WHM stays out of that.
 *
 * @param user name of the cPanel account
 * @throws {CpanelError} see `callWhm`, and of kind `credential` when cPanel does not let the session in
 */
export async function openUserSession(
	connection: Connection,
	credential: WhmCredential,
	user: string,
): Promise<LoggedInSession> {
	const { data } = await callWhm(connection, credential, {
		function: 'create_user_session',
		arguments: { user, service: 'cpaneld' },
	});
	return await enter(connection, readUserSession(data, credential.server));
}

interface UserSession {
	host: Host;
	/** With its leading slash. */
	token: string;
	session: string;
}

/**
 * `create_user_session` returns the parts and an address made of them. cPanel is on the server that WHM is on; the
 * address tells its port, and its host name may be one that only the server itself knows.
 */
function readUserSession(data: Record<string, unknown>, server: Host): UserSession {
	const { session, cp_security_token: token, url } = data;
	const securityToken = typeof token === 'string' ? normalizeSecurityToken(token) : undefined;
	if (typeof session !== 'string' || session === '' || securityToken === undefined) {
		throw new CpanelError('answer', 'WHM’s answer holds no usable session', {
			hint: 'Run the item again; if it keeps happening, report it to the hosting provider.',
		});
	}
	const port = typeof url === 'string' && URL.canParse(url) ? new URL(url).port : '';
	return {
		host: parseHost(`${server.name}:${port || CPANEL_PORT}`, CPANEL_PORT, 'Server'),
		token: securityToken,
		session,
	};
}

/** A session that was made for this login and is refused would be refused for the next item, too. */
const REFUSED: SignInWords = {
	kind: 'credential',
	subject: 'the session that WHM had made for it',
	hint: 'cPanel binds a session to an address: n8n must reach the server from one address only. Nothing more was sent.',
};

/** Logs in with the session, which works as the Webmail login does (protocol.md, 3 and 6.2). Sent once. */
async function enter(
	connection: Connection,
	{ host, token, session }: UserSession,
): Promise<LoggedInSession> {
	const url = `${host.origin}${token}/login/`;
	const response = await exchange(connection, {
		method: 'POST',
		url,
		headers: { accept: 'text/html' },
		form: new URLSearchParams({ session }),
		repeatable: false,
	});
	const landing = landingPage(response, host);
	const cookies = cookiesOfSomebody(response, 'cpsession');
	if (landing === undefined) {
		throw judgeStatus(response, url) ?? signInRefusal(response, new URL(url).host, REFUSED);
	}
	if (cookies === undefined) {
		throw new CpanelError('credential', `${host.name} redirected to a session without its cookie`, {
			hint: 'cPanel did not log in. Run the item again; if it keeps happening, report it to the hosting provider.',
			httpStatus: response.status,
		});
	}
	const opened = securityTokenOf(landing.pathname) ?? token;
	return { sessionUrl: host.origin + opened, cookie: cookieHeader(cookies) };
}
