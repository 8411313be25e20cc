/** How a refused request or login looks. */
export interface RefusalSwitches {
	/** The login page comes with status 200 instead of 401. */
	loginPageWith200: boolean;
	/** The body of a 401: the login page, JSON labelled as plain text, or nothing. */
	unauthorizedBody: 'html' | 'json-text-plain' | 'empty';
	/** The language of the pages that ask somebody to log in. */
	pageLanguage: 'en' | 'de' | 'ja';
	/** Whether a missing or wrong second factor is named as the reason. */
	secondFactorNamed: boolean;
	/** The `message` of every refused login that asked for JSON, verbatim; the usual ones where null. */
	signInMessage: string | null;
	/** Errors and refusals repeat every secret of the request, which a client must not pass on. */
	echoSecrets: boolean;
}

export const REFUSAL_DEFAULTS: RefusalSwitches = {
	loginPageWith200: false,
	unauthorizedBody: 'html',
	pageLanguage: 'en',
	secondFactorNamed: true,
	signInMessage: null,
	echoSecrets: false,
};
