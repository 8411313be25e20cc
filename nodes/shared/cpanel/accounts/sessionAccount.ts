import { CpanelError } from '../../errors';
import type { SignInWords } from '../response/signInRefusal';
import type { Account } from '../api/uapi';
import type { Channel } from '../api/exchange';
import { callUapiInSession } from '../api/uapi';
import type { PasswordCredential } from '../input/credentials';
import type { LoggedInSession } from '../input/sessionUrl';
import { signIn, signOut } from '../login/signIn';
import { openWebmailSession } from './openWebmailSession';

/**
 * With a session that the password opens, for hosts that accept neither tokens nor passwords on the calls
 * themselves (protocol.md, 1.3). One sign-in serves all calls, however many are under way. When the session has
 * ended, one new sign-in is made and the call is sent again, once; a sign-in that does not succeed is not repeated,
 * unless the server was too busy for it.
 *
 * @param now milliseconds since 1970
 */
export function signInAccount(
	credential: PasswordCredential,
	now: () => number = Date.now,
): Account {
	const { server, username } = credential;
	let session: Promise<LoggedInSession> | undefined;

	/** @param ended the session that is known to be over, if any: another call may have found out before */
	const currentSession = (
		channel: Channel,
		ended?: Promise<LoggedInSession>,
	): Promise<LoggedInSession> => {
		if (session === undefined || session === ended) {
			const begun = signIn(channel, credential, now());
			session = begun;
			begun.catch((error: unknown) => {
				// a server that was too busy has not refused, and is asked again when it may have time
				const isBusy = error instanceof CpanelError && error.kind === 'busy';
				if (isBusy && session === begun) session = undefined;
			});
		}
		return session;
	};

	const account: Account = {
		server,
		async call(channel, call) {
			const first = currentSession(channel);
			return await callUapiInSession(channel, await first, call, ENDED, username).catch(
				async (error: unknown) => {
					if (!hasEnded(error)) throw error;
					const second = await currentSession(channel, first);
					return await callUapiInSession(channel, second, call, REFUSED_AGAIN, username);
				},
			);
		},
		openSession: async (channel) => await openWebmailSession(channel, account),
		async close(channel) {
			const open = await session?.catch(() => undefined);
			if (open !== undefined) await signOut(channel, open);
		},
	};
	return account;
}

const ENDED: SignInWords = {
	kind: 'signIn',
	subject: 'the session',
	hint: 'The session has ended.',
	deniedHint: 'Check whether the account may use the API.',
};

/** A session that is refused right after its sign-in would be refused for every item. */
const REFUSED_AGAIN: SignInWords = {
	...ENDED,
	kind: 'credential',
	subject: 'the session that it had just opened',
	hint: 'cPanel binds a session to an address: n8n must reach the server from one address only. No other sign-in was tried, so that the account is not locked out.',
};

function hasEnded(error: unknown): boolean {
	return error instanceof CpanelError && error.kind === 'signIn';
}
