import type { RedirectStatus } from './instead';

/** Who is let in, and what a login is answered with. */
export interface LoginSwitches {
	/** The status of the redirect after a login. */
	loginStatus: RedirectStatus;
	/**
	 * What a right session meets at the Webmail login: the redirect and the cookie; a login page with
	 * a cookie for nobody (200 or 401); a redirect to another host; a redirect to `/login` with a
	 * cookie for nobody; a redirect into a session with another token; or the right redirect without a
	 * cookie.
	 */
	loginAnswer:
		| 'normal'
		| 'preAuth200'
		| 'preAuth401'
		| 'redirectElsewhere'
		| 'redirectWithoutSession'
		| 'redirectToOther'
		| 'noCookie';
	/** The SameSite attribute of the session cookie. */
	cookieSameSite: 'Lax' | 'Strict' | null;
	/**
	 * Where a sign-in with a password that asked for JSON says its token: in the JSON and in `Location`, in
	 * one of them, or in a redirect without any JSON.
	 */
	signInToken: 'both' | 'json' | 'location' | 'redirect';
	/**
	 * A right password without the second factor: a session that meets the page which asks for the code, or a
	 * refused login.
	 */
	secondFactorMissing: 'page' | 'refused';

	/** How closely the address of a session's user is checked: all of it, its /24, or not at all. */
	ipValidation: 'strict' | 'loose' | 'disabled';
	/**
	 * The addresses that clients come from by the internet, for those of their own network: everybody is on one
	 * machine here. An address that is not named is the same everywhere.
	 */
	publicAddresses: Record<string, string>;
	/** HTTP Basic needs the second factor of accounts that have one; the login always does. */
	twoFactorPolicy: boolean;
	/** Neither tokens nor HTTP Basic are accepted: cPanel is there for who logs in. */
	loginOnly: boolean;
	/** So many calls in a session that was opened by password, then it ends. 0 switches it off. */
	sessionEndsAfter: number;
}

export const LOGIN_DEFAULTS: LoginSwitches = {
	loginStatus: 307,
	loginAnswer: 'normal',
	cookieSameSite: null,
	signInToken: 'both',
	secondFactorMissing: 'page',
	ipValidation: 'strict',
	publicAddresses: {},
	twoFactorPolicy: false,
	loginOnly: false,
	sessionEndsAfter: 0,
};
