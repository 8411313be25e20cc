import type { UapiResult } from '../answers/uapi';
import type { Host } from '../input/host';
import type { LoggedInSession } from '../input/sessionUrl';
import type { Connection } from './exchange';
import type { UapiCall } from './uapi';

/**
 * A way into a cPanel account: how UAPI is called as the account, whoever signs in for it. Lasts one execution and
 * may be used by several items at once.
 */
export interface Door {
	/** The server that answers, and that Webmail is on where an answer names none. */
	readonly server: Host;
	/**
	 * Calls a function of UAPI as the account. Secret arguments travel in a body.
	 *
	 * @throws {CpanelError} of kind `refusal` with cPanel's own words, `credential` when whoever signs in is
	 * refused (nothing is tried twice), `answer`, or `connection`
	 */
	call(connection: Connection, call: UapiCall): Promise<UapiResult>;
	/**
	 * Opens a session of the account in which its functions can be called.
	 *
	 * @throws {CpanelError} as `call`
	 */
	openSession(connection: Connection): Promise<LoggedInSession>;
	/** Gives back what the door keeps at the server. Its outcome is of no interest to anybody: never rejects. */
	close(connection: Connection): Promise<void>;
}
