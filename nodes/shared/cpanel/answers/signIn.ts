import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import type { Host } from '../input/host';
import { normalizeSecurityToken, securityTokenOf } from '../input/securityToken';
import type { LoggedInSession } from '../input/sessionUrl';
import { acceptedAnswer } from './accepted';
import { isRecord, parseJson } from './json';
import { cookieHeader, landingPage, sessionCookies } from './login';
import { findingIn } from './pages';
import { ownWords } from './quote';
import { targetOf } from './redirects';
import { signInMessage } from './signInMessages';
import { signInRefusal } from './signInRefusal';
import type { SignInWords } from './signInRefusal';
import { isVerdict } from './whoAnswered';

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
 * Judges the answer to a sign-in: JSON with the security token of the new session, and its cookie. The token may
 * be in `Location` only, beside the JSON or in place of it. A refusal is JSON under `text/plain`, or a page
 * (protocol.md, 1.3).
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
	const landing = landingPage(response, context.server);
	if (landing !== undefined) return securityTokenOf(landing.pathname) ?? '';
	const told = parseJson(response.body);
	if (isRecord(told) && isVerdict(told)) {
		if (Number(told.status) !== 1) throw refused(response, told.message, context);
		const found =
			told.security_token === undefined
				? (tokenAt(told.redirect, context.url) ?? tokenAt(response.location, context.url))
				: tokenIn(told.security_token);
		if (found !== undefined) return found;
	} else {
		acceptedAnswer(response, context);
	}
	throw new CpanelError(
		'answer',
		`${new URL(context.url).host} did not answer the sign-in as cPanel does`,
		{
			hint: 'Check that the server and port are those of cPanel: 2083.',
			httpStatus: response.status,
		},
	);
}

function tokenIn(field: unknown): string | undefined {
	return typeof field === 'string' ? normalizeSecurityToken(field) : undefined;
}

/** The token in an address on the server that answered. */
function tokenAt(address: unknown, url: string): string | undefined {
	const target = typeof address === 'string' ? targetOf(address, url) : undefined;
	return target?.isSameServer === true ? securityTokenOf(target.path) : undefined;
}

/**
 * A busy server has not refused. Everything else with the status of a failure has, in words or without; the key of a
 * message is told in ours.
 */
function refused(response: HttpResponse, message: unknown, context: SignInContext): CpanelError {
	const { url, secrets, signIn } = context;
	const { host } = new URL(url);
	if (response.status === 429 || response.status === 503) acceptedAnswer(response, context);
	const told = typeof message === 'string' ? ownWords(message, secrets) : '';
	const found = findingIn(told) !== undefined;
	const words = signInMessage(told) ?? told;
	// what only the server's log tells, and what was understood, needs no quote
	if (words === '' || found) {
		return signInRefusal({ ...response, body: found ? told : '' }, host, signIn);
	}
	return new CpanelError('credential', `${host} did not accept the sign-in: ${words}`, {
		hint: signIn.hint,
		httpStatus: response.status,
	});
}
