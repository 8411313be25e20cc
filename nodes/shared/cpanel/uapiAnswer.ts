import type { HttpResponse } from '../http/HttpTransport';
import { parseEnvelope } from './envelope';
import { CpanelError } from './errors';
import { isRecord, texts } from './json';
import { looksLikeHtml } from './pages';
import { ownWords, refusal } from './refusal';
import { judgePage, judgeStatus, lockedOut } from './unusableAnswers';

/** The part of UAPI's envelope that matters. */
export interface UapiResult {
	data: unknown;
	metadata: Record<string, unknown>;
	warnings: string[];
}

/** What the judgment needs to know of the call. */
export interface UapiCallContext {
	/** URL of the request, for the name of its host. */
	url: string;
	/** `Module::function`, for messages. */
	function: string;
	/** Everything secret that was sent, to keep it out of cPanel's own words. */
	secrets: readonly string[];
	/** What a refused sign-in means here: the wrong credential, or a session that has ended. */
	signIn: 'credential' | 'session';
}

/**
 * Judges the answer of a UAPI call. Over HTTP cPanel sends `{status, data, errors, …}`; its documentation
 * prints the same inside `result`. Both are read. A refusal comes with HTTP 200 and `status: 0`; a refused
 * sign-in comes as a 401, or as a login page, also with HTTP 200 (protocol.md, 1.1 and 1.2).
 *
 * @throws {CpanelError} of kind `refusal` with cPanel's own words for `status: 0`, `credential` or `signIn`
 * for a refused sign-in, `answer` for everything that is no answer of UAPI's
 */
export function readUapiAnswer(response: HttpResponse, context: UapiCallContext): UapiResult {
	const body = response.body.replace(/^\uFEFF/, '');
	const answer = { ...response, body };
	const unusable = judgeStatus(answer, context.url) ?? judgePage(answer, context.url);
	if (unusable !== undefined) throw unusable;
	if (response.status === 401 || response.status === 403 || looksLikeHtml(body)) {
		throw signInRefused(answer, context);
	}

	const envelope = parseEnvelope(answer, context.url);
	if (Number(envelope.status) !== 1) {
		throw refusal(texts(envelope.errors), response.status, context);
	}
	return {
		data: envelope.data,
		metadata: isRecord(envelope.metadata) ? envelope.metadata : {},
		warnings: texts(envelope.warnings).map((text) => ownWords(text, context.secrets)),
	};
}

function signInRefused({ status, body }: HttpResponse, context: UapiCallContext): CpanelError {
	if (/brute force|locked out/i.test(body) && !looksLikeHtml(body)) return lockedOut(status);
	const { host } = new URL(context.url);
	const how = status === 200 ? 'its login page' : `HTTP ${status}`;
	if (context.signIn === 'session') {
		return new CpanelError('signIn', `${host} did not accept the session (${how})`, {
			hint: 'It may have ended, or its cookie and its URL do not belong together. Log in again with the cPanel Webmail Login node right before this one.',
			httpStatus: status,
		});
	}
	if (status === 403) {
		return new CpanelError('credential', `${host} denies access to this account (HTTP 403)`, {
			hint: 'Check the kind of credential (a token of cPanel, not of WHM), the port (2083), and whether the provider allows API access. Nothing more was sent, so that the account is not locked out.',
			httpStatus: status,
		});
	}
	return new CpanelError('credential', `${host} did not accept the credential (${how})`, {
		hint: 'Check user name, token or password in the credential; a token may have expired, and an account with two-factor authentication needs a token. Nothing more was sent, so that the account is not locked out.',
		httpStatus: status,
	});
}
