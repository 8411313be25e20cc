import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import type { Host } from '../input/host';
import { normalizeSecurityToken } from '../input/securityToken';
import type { LoggedInSession } from '../input/sessionUrl';
import { acceptedAnswer } from './accepted';
import { isRecord, parseJson } from './json';
import { cookieHeader, sessionCookies } from './login';
import { ownWords } from './quote';
import { findingIn, signInRefusal } from './signInRefusal';
import type { SignInWords } from './signInRefusal';
import { judgeStatus } from './verdicts';

/** What the judgment needs to know of the sign-in. */
export interface SignInContext {
	server: Host;
	/** URL of the request, for the name of its host. */
	url: string;
	/** Everything secret that was sent. */
	secrets: readonly string[];
	/** What a refusal means here. */
	signIn: SignInWords;
}

/**
 * Judges the answer to a sign-in: JSON with the security token of the new session, and its cookie. A refusal is
 * JSON under `text/plain`, or a page (protocol.md, 1.3).
 *
 * @throws {CpanelError} of kind `credential` when it is refused, `answer` or `busy` otherwise
 */
export function readSignInAnswer(response: HttpResponse, context: SignInContext): LoggedInSession {
	const { server } = context;
	const token = securityToken(response, context);
	const cookies = sessionCookies(response, 'cpsession');
	if (cookies === undefined) {
		throw new CpanelError('answer', `${server.name} signed in without giving a session cookie`, {
			hint: 'Run the item again. If it keeps happening, ask the hosting provider to look at cPanel’s log.',
			httpStatus: response.status,
		});
	}
	return { sessionUrl: server.origin + token, cookie: cookieHeader(cookies) };
}

function securityToken(response: HttpResponse, context: SignInContext): string {
	const { url } = context;
	const unusable = judgeStatus(response, url);
	if (unusable !== undefined) throw unusable;
	const told = parseJson(response.body.replace(/^\uFEFF/, ''));
	if (isRecord(told) && 'status' in told) {
		const { status, message, security_token: token } = told;
		const found = typeof token === 'string' ? normalizeSecurityToken(token) : undefined;
		if (Number(status) !== 1) throw refused(response, message, context);
		if (found !== undefined) return found;
	} else {
		acceptedAnswer(response, context);
	}
	throw new CpanelError(
		'answer',
		`${new URL(url).host} did not answer the sign-in as cPanel does`,
		{
			hint: 'Check that the server and port are those of cPanel: 2083.',
			httpStatus: response.status,
		},
	);
}

function refused(
	response: HttpResponse,
	message: unknown,
	{ url, secrets, signIn }: SignInContext,
): CpanelError {
	const { host } = new URL(url);
	const told = typeof message === 'string' ? ownWords(message, secrets) : '';
	const refusal = signInRefusal({ ...response, body: told }, host, signIn);
	// what only the server's log tells, and what was understood, needs no quote
	if (told === '' || told.startsWith('see_login_log') || findingIn(told) !== undefined) {
		return refusal;
	}
	return new CpanelError('credential', `${host} did not accept the sign-in: ${told}`, {
		hint: signIn.hint,
		httpStatus: response.status,
	});
}
