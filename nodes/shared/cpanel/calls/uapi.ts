import type { SignInWords } from '../answers/signInRefusal';
import { readUapiAnswer } from '../answers/uapi';
import type { UapiResult } from '../answers/uapi';
import type { LoggedInSession } from '../input/sessionUrl';
import { aboutOf } from './about';
import type { Channel } from './exchange';
import { readOwn } from './readOwn';
import { sendCall } from './send';
import type { Arguments } from './send';

/** A function of UAPI and its arguments. */
export interface UapiCall extends Arguments {
	module: string;
	function: string;
}

/** Who calls UAPI, and where. */
export interface Caller {
	/** What comes before `/execute/…`: the origin of the server and, in a session, its security token. */
	base: string;
	/** What tells the server who calls. */
	headers: Record<string, string>;
	/** Everything secret in it, in every form it is sent in, to keep it out of messages. */
	secrets: string[];
	signIn: SignInWords;
	/** The name of the account, where it is known. */
	account?: string;
}

/**
 * Calls UAPI where cPanel or Webmail listens.
 *
 * @throws {CpanelError} see {@link readUapiAnswer}, and of kind `connection`
 */
export async function callUapi(
	channel: Channel,
	caller: Caller,
	call: UapiCall,
): Promise<UapiResult> {
	const url = `${caller.base}/execute/${call.module}/${call.function}`;
	const response = await sendCall(channel, url, caller.headers, call);
	const read = (): UapiResult =>
		readUapiAnswer(response, {
			url,
			function: nameOf(call),
			secrets: [...caller.secrets, ...secretsOf(call)],
			signIn: caller.signIn,
			about: aboutOf(call),
		});
	const { findOwner } = call;
	if (findOwner === undefined) return read();
	return readOwn(channel, response, url, read, ({ data }) => findOwner(data, caller.account));
}

/**
 * Calls UAPI inside a session that is logged in. The credential stays out of it: the session may live on
 * another server.
 *
 * @param signIn what it means when the session is refused
 * @param account whose session it is, where that is known
 * @throws {CpanelError} see {@link readUapiAnswer}, and of kind `connection`
 */
export async function callUapiInSession(
	channel: Channel,
	{ sessionUrl, cookie }: LoggedInSession,
	call: UapiCall,
	signIn = SESSION_REFUSED,
	account?: string,
): Promise<UapiResult> {
	const secrets = [...cookieSecrets(cookie), new URL(sessionUrl).pathname];
	const caller = { base: sessionUrl, headers: { cookie }, secrets, signIn, account };
	return await callUapi(channel, caller, call);
}

/** How messages name a function. */
export function nameOf(call: UapiCall): string {
	return `${call.module}::${call.function}`;
}

export function secretsOf({ secretArguments = {} }: Arguments): string[] {
	return Object.values(secretArguments);
}

const SESSION_REFUSED: SignInWords = {
	kind: 'signIn',
	subject: 'the session',
	hint: 'It may have ended, or its cookie and its URL do not belong together. Log in again with the cPanel Webmail Login node right before this one.',
};

function cookieSecrets(cookie: string): string[] {
	const values = cookie
		.split(';')
		.map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
		.filter((value) => value.length > 8);
	return [cookie, ...values, ...values.map(urlDecoded)];
}

/** The value of a cookie is URL-encoded; who repeats it may have decoded it. */
function urlDecoded(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}
