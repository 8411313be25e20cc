import { CpanelError } from '../../errors';
import type { CpanelErrorKind } from '../../errors';
import type { Channel } from '../api/send';
import { callUapiInSession } from '../api/uapi';
import type { Account, UapiCall, UapiResult } from '../api/uapi';
import type { SignInWords } from '../response/signInRefusal';
import type { PasswordCredential } from '../input/credentials';
import type { LoggedInSession } from '../input/sessionUrl';
import { signIn, signOut } from '../login/signIn';
import { openWebmailSession } from './openWebmailSession';

/**
 * With a session that the password opens, for hosts that accept neither tokens nor passwords on the calls
 * themselves (protocol.md, 1.3). One sign-in serves all calls, however many are in flight. A call that finds the session
 * ended is sent again in a new one; so that this does not depend on how many are in flight, the call that signs in goes
 * first in its session, and the others wait until it was answered. If the server refuses that one, the session is of
 * no use to any. A sign-in that does not succeed is not repeated, unless the server was too busy for it.
 *
 * @param now milliseconds since 1970
 */
export function signInAccount(
	credential: PasswordCredential,
	now: () => number = Date.now,
): Account {
	const { server, username } = credential;
	/** The last one that was opened, of use or not; and the one that calls are sent in. */
	let opened: Promise<LoggedInSession> | undefined;
	let session: Promise<LoggedInSession> | undefined;

	async function signInAndCall(channel: Channel, call: UapiCall): Promise<UapiResult> {
		const signedIn = signIn(channel, credential, now());
		opened = signedIn;
		const first = signedIn.then(
			async (open) => await callUapiInSession(channel, open, call, REFUSED_AT_ONCE, username),
		);
		const begun = first.then(
			async () => await signedIn,
			async (error: unknown) => {
				if (isOfKind(error, 'credential')) throw error;
				return await signedIn;
			},
		);
		session = begun;
		begun.catch((error: unknown) => {
			// a server that was too busy has not refused, and is asked again when it may have time
			if (isOfKind(error, 'busy') && session === begun) session = undefined;
		});
		return await first;
	}

	const account: Account = {
		server,
		async call(channel, call) {
			while (session !== undefined) {
				const current = session;
				const answer = await current
					.then(async (open) => await callUapiInSession(channel, open, call, ENDED, username))
					.catch((error: unknown) => {
						if (!isOfKind(error, 'signIn')) throw error;
						// another call may have found out before, and have opened the next one
						if (session === current) session = undefined;
						return undefined;
					});
				if (answer !== undefined) return answer;
			}
			return await signInAndCall(channel, call);
		},
		openSession: async (channel) => await openWebmailSession(channel, account),
		async close(channel) {
			const open = await opened?.catch(() => undefined);
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
const REFUSED_AT_ONCE: SignInWords = {
	...ENDED,
	kind: 'credential',
	subject: 'the session that it had just opened',
	hint: 'cPanel binds a session to an address: n8n must reach the server from one address only. n8n did not sign in again, to avoid a lockout of the account.',
};

function isOfKind(error: unknown, kind: CpanelErrorKind): boolean {
	return error instanceof CpanelError && error.kind === kind;
}
