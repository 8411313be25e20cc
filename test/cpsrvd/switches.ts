import type { Busy } from './busy';
import type { JournalEntry } from './journal';

/** The statuses that a redirect can have. */
export type RedirectStatus = 301 | 302 | 303 | 307 | 308;

/**
 * The awkward worlds a client has to live in. Everything is off, or at its most common value, until
 * a test changes it; a change takes effect with the next request.
 */
export interface Switches {
	/** Only requests for which this returns true meet the switches; the others meet the defaults. */
	when?: (entry: JournalEntry) => boolean;

	// The envelope of a UAPI answer
	/** `flat` as sent over HTTP, or `nested` under `result` as printed in the documentation. */
	envelope: 'flat' | 'nested';
	/** `status` is `"1"` or `"0"` instead of a number. */
	statusAsString: boolean;
	/** `errors` is one bare string instead of a list. */
	errorsAsString: boolean;

	// What a new Webmail session looks like
	/** `hostname`, verbatim: null, a linked mail node, or something with a port or a scheme. */
	hostname: string | null;
	/** The user part of `session`, verbatim, where null means the name of the cPanel account. */
	sessionUser: string | null;
	/** `token` comes without its leading slash. */
	tokenWithoutSlash: boolean;
	/** `token` is left out. */
	tokenMissing: boolean;
	/** `token` is this string, whatever it may be. */
	tokenMalformed: string | null;
	/** `session` is left out. */
	sessionMissing: boolean;

	// What WHM answers
	/** The owner of a domain that is nobody's: no user, or a refusal. */
	unknownDomain: 'noUser' | 'refused';
	/** The host in the address of a new user session; the one that was asked unless given. */
	userSessionHost: string | null;

	// How a UAPI call fails
	/** The wording for a mailbox that does not exist: an opaque error id, or a plain sentence. */
	missingMailbox: 'errorId' | 'noSuchAccount';
	/** The wording for a wrong mailbox password. */
	wrongPasswordText: string;
	/** The wording for a mailbox whose login is suspended. */
	suspendedText: string;
	/** Modules (`Email`) and functions (`Session/create_temp_user`) the account may not use. */
	featureOff: readonly string[];
	/** The language in which a missing feature is reported. */
	featureOffLanguage: 'en' | 'pt' | 'fr';

	// What `create_temp_user` and the lists answer
	/** `create_temp_user` called with a token or a password: `status: 0`, or `created: 0`. */
	tempUserWithoutSession: 'status0' | 'created0';
	/** `session_temp_user` where no (new) user is made: left out, or null. */
	tempUserLater: 'absent' | 'null';
	/** Paging parameters have no effect: the whole list comes at once, without `paginate`. */
	ignorePaging: boolean;
	/** `main_domain` of the domain list: a string as seen live, or an array as documented. */
	mainDomainAs: 'string' | 'array';
	/** Sizes in the mailbox list: strings as seen live, or numbers as documented. */
	diskNumbersAs: 'string' | 'number';

	// What stands in the place of the answer to /execute (nothing is executed)
	/** 200 and an HTML page about an expired license. */
	licensePage: boolean;
	/** This status: 403 with the old JSON of the API, the others with a page. */
	executeStatus: 403 | 404 | 500 | null;
	/** A redirect of the same path to another origin. */
	redirectTo: { origin: string; status: RedirectStatus } | null;
	/** 200 under the JSON content type, but plain text or bytes that are no text at all. */
	notJson: 'text' | 'binary' | null;
	/** 200 and this value as JSON, which is no UAPI answer; undefined switches it off. */
	notUapi?: unknown;

	// How a refused request or login looks
	/** The login page comes with status 200 instead of 401. */
	loginPageWith200: boolean;
	/** The body of a 401: the login page, JSON labelled as plain text, or nothing. */
	unauthorizedBody: 'html' | 'json-text-plain' | 'empty';
	/** Whether a missing or wrong second factor is named as the reason. */
	secondFactorNamed: boolean;
	/** Errors and refusals repeat every secret of the request, which a client must not pass on. */
	echoSecrets: boolean;

	// What becomes of the bytes of an answer (to /execute and to a login)
	/** The body is empty. */
	emptyBody: boolean;
	/** A JSON body ends in the middle, with a matching length: nothing but the JSON tells. */
	truncatedJson: boolean;
	/** The body starts with a UTF-8 byte order mark. */
	bom: boolean;
	/** This Content-Type whatever the body, for instance valid JSON as `text/html`; '' for none. */
	contentType: string | null;
	/** So many MiB of blanks follow the body. 0 switches it off. */
	hugeBody: number;
	/** So many MiB of blanks follow the body, packed with gzip. 0 switches it off. */
	gzipBomb: number;

	// How much the server can do (with /execute and with a login)
	/** Requests that are worked on at once, while the others wait in line. 0 for any number. */
	workers: number;
	/** Milliseconds a worker takes for a request. */
	serviceTime: number;
	/** Requests are turned away with 429 or 503 (nothing is executed). */
	busy: Busy | null;

	// What the connection does (with /execute and with a login)
	/** Milliseconds before the answer begins. */
	delay: number;
	/** Milliseconds over which the body is sent in pieces; the head comes at once. */
	drip: number;
	/** The request is taken and never answered; nothing is executed. */
	neverAnswer: boolean;
	/** The connection dies: upon the request (nothing is executed), or halfway through the body. */
	reset: 'off' | 'before-answer' | 'mid-answer';
	/** So many requests that are not the first of their connection meet its end; counts down. */
	resetKeptConnection: number;
	/** Every so many answers, one says `Connection: close`. 0 switches it off. */
	connectionClose: number;
	/** So many answers on a connection, then it is closed: `Keep-Alive: max=`. 0 for any number. */
	keepAliveMax: number;
	/** A connection is closed after so many milliseconds without a request: `Keep-Alive: timeout=`. 0 for never. */
	keepAliveTimeout: number;
	/** Neither of the two is said beforehand. */
	keepAliveSilent: boolean;

	// The login
	/** The status of the redirect after a login. */
	loginStatus: RedirectStatus;
	/**
	 * What a right session meets at the Webmail login: the redirect and the cookie; a login page with
	 * a cookie for nobody (200 or 401); a redirect to another host; a redirect to `/login` with a
	 * cookie for nobody; or the right redirect without a cookie.
	 */
	loginAnswer:
		| 'normal'
		| 'preAuth200'
		| 'preAuth401'
		| 'redirectElsewhere'
		| 'redirectWithoutSession'
		| 'noCookie';
	/** The SameSite attribute of the session cookie. */
	cookieSameSite: 'Lax' | 'Strict' | null;

	// The policy of the server
	/** How closely the address of a session's user is checked: all of it, its /24, or not at all. */
	ipValidation: 'strict' | 'loose' | 'off';
	/** HTTP Basic needs the second factor of accounts that have one; the login always does. */
	twoFactorPolicy: boolean;
	/** Neither tokens nor HTTP Basic are accepted: cPanel is there for who logs in. */
	loginOnly: boolean;
	/** So many calls in a session that was opened by password, then it ends. 0 switches it off. */
	sessionEndsAfter: number;
}

/** A fresh set of switches, each at its default. */
export function defaultSwitches(): Switches {
	return {
		envelope: 'flat',
		statusAsString: false,
		errorsAsString: false,
		hostname: null,
		sessionUser: null,
		tokenWithoutSlash: false,
		tokenMissing: false,
		tokenMalformed: null,
		sessionMissing: false,
		unknownDomain: 'noUser',
		userSessionHost: null,
		missingMailbox: 'noSuchAccount',
		wrongPasswordText: 'The password is not correct.',
		suspendedText: 'This account is suspended.',
		featureOff: [],
		featureOffLanguage: 'en',
		tempUserWithoutSession: 'status0',
		tempUserLater: 'absent',
		ignorePaging: false,
		mainDomainAs: 'string',
		diskNumbersAs: 'string',
		licensePage: false,
		executeStatus: null,
		redirectTo: null,
		notJson: null,
		loginPageWith200: false,
		unauthorizedBody: 'html',
		secondFactorNamed: true,
		echoSecrets: false,
		emptyBody: false,
		truncatedJson: false,
		bom: false,
		contentType: null,
		hugeBody: 0,
		gzipBomb: 0,
		workers: 0,
		serviceTime: 0,
		busy: null,
		delay: 0,
		drip: 0,
		neverAnswer: false,
		reset: 'off',
		resetKeptConnection: 0,
		connectionClose: 0,
		keepAliveMax: 0,
		keepAliveTimeout: 0,
		keepAliveSilent: false,
		loginStatus: 307,
		loginAnswer: 'normal',
		cookieSameSite: null,
		ipValidation: 'strict',
		twoFactorPolicy: false,
		loginOnly: false,
		sessionEndsAfter: 0,
	};
}

/** Puts every switch back to its default, in place: tests keep hold of the object. */
export function resetSwitches(switches: Switches): void {
	delete switches.when;
	delete switches.notUapi;
	Object.assign(switches, defaultSwitches());
}
