/** What a call of UAPI is answered with. */
export interface AnswerSwitches {
	/** `flat` as sent over HTTP, or `nested` under `result` as printed in the documentation. */
	envelope: 'flat' | 'nested';
	/** `status` is `"1"` or `"0"` instead of a number. */
	statusAsString: boolean;
	/** What every answer says in `warnings`. */
	warnings: string[] | null;
	/** What every answer says in `messages`. */
	messages: string[] | null;
	/** Changes `data` before it is sent; `called` is the function, such as `Email/list_pops` or `listaccts`. */
	alterData?: (data: unknown, called: string) => unknown;

	/** `hostname`, verbatim: null, a linked mail node, or something with a port or a scheme. */
	hostname: string | null;
	/** The user part of `session`, verbatim; the cPanel account where null. */
	sessionUser: string | null;
	/** `token` comes without its leading slash. */
	tokenWithoutSlash: boolean;
	/** `token` is this string, whatever it may be. */
	tokenMalformed: string | null;
	/** `session` is left out. */
	sessionMissing: boolean;

	/** A session for an IPv6 address is refused; cPanel documents IPv4 ones only. */
	refusesIpv6: boolean;

	/** The wording for a mailbox that does not exist: an opaque error id, or a plain sentence. */
	missingMailbox: 'errorId' | 'noSuchAccount';
	/** Modules (`Email`) and functions (`Session/create_temp_user`) the account may not use. */
	featureOff: readonly string[];

	/** `session_temp_user` where no (new) user is made: left out, or null. */
	tempUserLater: 'absent' | 'null';
	/** Paging parameters have no effect: the whole list comes at once, without `paginate` or `chunk`. */
	ignorePaging: boolean;
	/** Lists come in parts, and nothing says how long the whole list is. */
	pagingUntold: boolean;
}

export const ANSWER_DEFAULTS: AnswerSwitches = {
	envelope: 'flat',
	statusAsString: false,
	warnings: null,
	messages: null,
	hostname: null,
	sessionUser: null,
	tokenWithoutSlash: false,
	tokenMalformed: null,
	sessionMissing: false,
	refusesIpv6: false,
	missingMailbox: 'noSuchAccount',
	featureOff: [],
	tempUserLater: 'absent',
	ignorePaging: false,
	pagingUntold: false,
};
