import { exchange } from './connection';
import type { Connection } from './connection';
import type { CpanelCredential } from './credential';
import type { LoggedInSession } from './sessionUrl';
import { readUapiAnswer } from './uapiAnswer';
import type { UapiResult } from './uapiAnswer';

/** A function of UAPI and its arguments; those that are undefined are left out. */
export interface UapiCall {
	module: string;
	function: string;
	arguments?: Record<string, string | undefined>;
	/** Arguments that must appear in no URL: with them, the call is a form POST and no longer a GET. */
	secretArguments?: Record<string, string>;
}

/**
 * Calls UAPI as the account of a credential.
 *
 * @throws {CpanelError} see {@link readUapiAnswer}, and of kind `connection`
 */
export async function callUapi(
	connection: Connection,
	credential: CpanelCredential,
	call: UapiCall,
): Promise<UapiResult> {
	return await sendCall(connection, call, {
		base: credential.server.origin,
		headers: { authorization: credential.authorization },
		secrets: credential.secrets,
		signIn: 'credential',
	});
}

/**
 * Calls UAPI inside a session that is logged in. The credential stays out of it: the session may live on
 * another server.
 *
 * @throws {CpanelError} see {@link readUapiAnswer}, and of kind `connection`
 */
export async function callUapiInSession(
	connection: Connection,
	session: LoggedInSession,
	call: UapiCall,
): Promise<UapiResult> {
	return await sendCall(connection, call, {
		base: session.sessionUrl,
		headers: { cookie: session.cookie },
		secrets: cookieSecrets(session.cookie),
		signIn: 'session',
	});
}

interface Caller {
	base: string;
	headers: Record<string, string>;
	secrets: string[];
	signIn: 'credential' | 'session';
}

async function sendCall(
	connection: Connection,
	call: UapiCall,
	caller: Caller,
): Promise<UapiResult> {
	const url = `${caller.base}/execute/${call.module}/${call.function}`;
	const plain = present(call.arguments ?? {});
	const query = new URLSearchParams(plain).toString();
	const headers = { accept: 'application/json', ...caller.headers };
	const response = await exchange(
		connection,
		call.secretArguments === undefined
			? { method: 'GET', url: query === '' ? url : `${url}?${query}`, headers, repeatable: true }
			: {
					method: 'POST',
					url,
					headers,
					form: new URLSearchParams({ ...plain, ...call.secretArguments }),
					repeatable: true,
				},
	);
	return readUapiAnswer(response, {
		url,
		function: `${call.module}::${call.function}`,
		secrets: [...caller.secrets, ...Object.values(call.secretArguments ?? {})],
		signIn: caller.signIn,
	});
}

function present(fields: Record<string, string | undefined>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined),
	);
}

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
