/** How a refused request or login looks. */
export interface RefusalSwitches {
	/**
	 * The clothes of a refusal: the usual ones (JSON with 403 for functions of WHM, a page for everything
	 * else); the login page with 401; the JSON of the oldest API with 403 or with 200; a redirect to
	 * `/login`; the failure of a function (`status: 0`, or `result: 0` at WHM); or WHM's `result: 0` with 403.
	 */
	refusedAs: 'usual' | 'page' | 'denial' | 'denial200' | 'redirect' | 'status0' | 'reason403';
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
	refusedAs: 'usual',
	loginPageWith200: false,
	unauthorizedBody: 'html',
	pageLanguage: 'en',
	secondFactorNamed: true,
	signInMessage: null,
	echoSecrets: false,
};
