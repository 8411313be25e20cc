import { randomBytes, randomInt } from 'node:crypto';
import type { Clock } from './clock';
import type { JournalEntry } from './journal';

/** A session that nobody used for so long is over. */
export const SESSION_MILLISECONDS = 15 * 60 * 1000;

/** The service that a session is for, by the listener that serves it. */
export type Service = JournalEntry['port'];

/** What is known of a session when it is made. */
export interface SessionOptions {
	service: Service;
	/** The cPanel account behind the session. */
	account: string;
	/** The mailbox the session is for; null where it is for the account itself. */
	mailbox: string | null;
	/** Through the API, or by typing a password, which cPanel then knows. */
	opened: 'api' | 'password';
	/** The address of the one who may use it. */
	address: string;
	locale: string;
	/** The user part of the session's value, where it is not the name of the account. */
	valueUser?: string | null;
	/** A right password came without the code that the account asks for. */
	lacksSecondFactor?: boolean;
	/** The tag in the session's value; by the function for such a session unless given. */
	tag?: string;
}

/** A session, from its creation through its one login to its end. */
export interface Session extends SessionOptions {
	/** `/cpsess` and ten digits: the first part of every path of the session. */
	readonly token: string;
	/** What the login asks for, good for one login. */
	readonly value: string;
	/** The value of the cookie (not percent-encoded), once somebody is logged in. */
	cookie: string | null;
	/** Set when the person logs out. */
	ended: boolean;
	lastUsed: number;
	/** The temporary database user of the session, once it was created. */
	tempUser: string | null;
	/** How many functions were called in it. */
	calls: number;
}

/** A session that somebody logged in with. */
export type OpenSession = Session & { cookie: string };

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A random string of letters and digits. */
export function randomAlphanumeric(length: number): string {
	return Array.from({ length }, () => ALPHANUMERIC[randomInt(ALPHANUMERIC.length)]).join('');
}

/** A random string of decimal digits. */
export function randomDigits(length: number): string {
	return Array.from({ length }, () => randomInt(10)).join('');
}

/** The sessions of the server. */
export class Sessions implements Iterable<Session> {
	private sessions: Session[] = [];

	constructor(private readonly clock: Clock) {}

	[Symbol.iterator](): Iterator<Session> {
		return this.sessions[Symbol.iterator]();
	}

	/** Makes a session that waits for its login. */
	create(options: SessionOptions): Session {
		const user = options.valueUser ?? options.account;
		const tag =
			options.tag ??
			(options.mailbox
				? 'CREATE_WEBMAIL_SESSION_FOR_MAIL_USER'
				: 'CREATE_WEBMAIL_SESSION_FOR_SELF');
		const session: Session = {
			...options,
			token: `/cpsess${randomDigits(10)}`,
			value: `${user}:${randomAlphanumeric(16)}:${tag},${randomBytes(16).toString('hex')}`,
			cookie: null,
			ended: false,
			lastUsed: this.clock.now(),
			tempUser: null,
			calls: 0,
		};
		this.sessions.push(session);
		return session;
	}

	/** The login: from now on the cookie counts, and the value is spent. */
	open(session: Session, locale = session.locale): OpenSession {
		this.touch(session);
		return Object.assign(session, { cookie: cookieValue(ownerOf(session)), locale });
	}

	/** Notes that the session was used just now. */
	touch(session: Session): void {
		session.lastUsed = this.clock.now();
	}

	/** Whether the session was left unused for too long. */
	expired(session: Session): boolean {
		return this.clock.now() - session.lastUsed >= SESSION_MILLISECONDS;
	}

	/** The session that a login names. */
	byValue(service: Service, value: string): Session | undefined {
		return this.sessions.find((each) => each.service === service && each.value === value);
	}

	/** The session that a cookie stands for, unless the person logged out. */
	byCookie(service: Service, cookie: string): Session | undefined {
		return this.sessions.find(
			(each) => each.service === service && each.cookie === cookie && !each.ended,
		);
	}

	/** Drops all sessions. */
	reset(): void {
		this.sessions = [];
	}
}

/** Who is behind a session: the mailbox, or the account itself. */
export function ownerOf(session: Session): string {
	return session.mailbox ?? session.account;
}

/** A new value for a session cookie; one for nobody has an empty user. */
export function cookieValue(user: string): string {
	return `${user}:${randomAlphanumeric(16)},${randomBytes(16).toString('hex')}`;
}
