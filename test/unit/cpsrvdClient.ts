import { Agent, request, type Dispatcher } from 'undici';
import { SEED, startCpsrvd, WHM_SEED, type Cpsrvd, type CpsrvdOptions } from '../cpsrvd';

/** An answer, read to its end. */
export interface Reply {
	status: number;
	headers: Dispatcher.ResponseData['headers'];
	/** The cookies that were set: only `name=value`, as a client sends it back. */
	cookies: string[];
	text: string;
}

/** A session as the API returns it. */
export interface NewSession {
	session: string;
	token: string;
	hostname: string | null;
}

/** A UAPI answer in the flat envelope. */
export interface Uapi<T = unknown> {
	status: number;
	data: T;
	errors: string[] | null;
	metadata: Record<string, unknown>;
}

/** The header of a reseller for WHM. */
export const WHM_TOKEN = { authorization: `whm agency:${WHM_SEED.agency.apiToken}` };

export const TOKEN = { authorization: `cpanel alice:${SEED.alice.apiToken}` };

/** The header for HTTP Basic. */
export function basic(user: string, password: string): { authorization: string } {
	return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** A plain client for one server: it follows nothing, keeps no cookies and has no opinion. */
export class Client {
	private readonly dispatcher: Agent;

	/** At most so many connections are used; as many as it takes unless given. */
	constructor(
		private readonly server: Cpsrvd,
		connections?: number,
	) {
		this.dispatcher = new Agent({ connect: { rejectUnauthorized: false }, connections });
	}

	async send(
		port: 'cpanel' | 'webmail' | 'whm',
		path: string,
		options: {
			form?: Record<string, string>;
			headers?: Record<string, string>;
			signal?: AbortSignal;
		} = {},
	): Promise<Reply> {
		const { form, headers, signal } = options;
		const origin = this.server[`${port}Origin`];
		const response = await request(origin + path, {
			dispatcher: this.dispatcher,
			method: form ? 'POST' : 'GET',
			headers: {
				...headers,
				...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
			},
			body: form ? new URLSearchParams(form).toString() : null,
			signal,
		});
		return {
			status: response.statusCode,
			headers: response.headers,
			cookies: [response.headers['set-cookie'] ?? []]
				.flat()
				.map((cookie) => cookie.split(';')[0] ?? ''),
			text: await response.body.text(),
		};
	}

	/** Calls a UAPI function as `alice`, and returns the parsed answer. */
	async uapi<T>(path: string, form?: Record<string, string>): Promise<Uapi<T>> {
		const { text } = await this.send('cpanel', `/execute/${path}`, { form, headers: TOKEN });
		return JSON.parse(text) as Uapi<T>;
	}

	/** A new session for a mailbox of `alice`. */
	async newSession(args: Record<string, string> = {}): Promise<NewSession> {
		const form = { domain: 'example.com', login: 'anna', ...args };
		const path = 'Session/create_webmail_session_for_mail_user';
		return (await this.uapi<NewSession>(path, form)).data;
	}

	/** Logs in to Webmail with a session. */
	async logIn({ session, token }: NewSession, more: Record<string, string> = {}): Promise<Reply> {
		return await this.send('webmail', `${token}/login`, { form: { session, ...more } });
	}

	async close(): Promise<void> {
		await this.dispatcher.destroy();
	}
}

/** The message that a login page shows, which is not the first one that it contains. */
export function shownMessage({ text }: Reply): string | undefined {
	return /id="login-status-message">([^<]*)</.exec(text)?.[1];
}

/**
 * A stand-in at free ports for the tests of a file, as new for each of them, and a client for it.
 *
 * @param started is handed both before the first test
 * @param connections as many as the client uses at the most; as many as it takes unless given
 */
export function useStandIn(
	started: (standIn: { server: Cpsrvd; client: Client }) => void,
	options: CpsrvdOptions = {},
	connections?: number,
): void {
	let server: Cpsrvd;
	let client: Client;

	beforeAll(async () => {
		server = await startCpsrvd({ cpanelPort: 0, webmailPort: 0, whmPort: 0, ...options });
		client = new Client(server, connections);
		started({ server, client });
	});
	afterEach(() => server.reset());
	afterAll(async () => {
		await client.close();
		await server.stop();
	});
}
