import type { Front } from '../front';

/** The statuses that a redirect can have. */
export type RedirectStatus = 301 | 302 | 303 | 307 | 308;

/** What stands in the place of the answer to a call, and nothing is executed. */
export interface InsteadSwitches {
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
	/** 200 and this text as JSON, for what is too much or too deep to be made from a value. */
	jsonText: string | null;
	/** An intermediary in front of cPanel answers in its place: calls and logins alike. */
	front: Front | null;
}

export const INSTEAD_DEFAULTS: InsteadSwitches = {
	licensePage: false,
	executeStatus: null,
	redirectTo: null,
	notJson: null,
	jsonText: null,
	front: null,
};
