/**
 * What kept an item from its answer.
 * - `input`: a parameter was refused before anything was sent
 * - `credential`: the server did not accept who is asking; sending more would lock the account out
 * - `signIn`: the item's own secret (a session, a mailbox password) was not accepted
 * - `refusal`: cPanel understood and said no
 * - `busy`: the server did not handle the request now (HTTP 429 or 503) and may do so later (protocol.md, 1.2)
 * - `answer`: what came back is not an answer of cPanel's
 * - `connection`: nothing came back
 */
export type CpanelErrorKind =
	| 'input'
	| 'credential'
	| 'signIn'
	| 'refusal'
	| 'busy'
	| 'answer'
	| 'connection';

export interface CpanelErrorDetails {
	/** What to do next, in a sentence or two. */
	hint: string;
	/** The server's own words and what they are about, for whoever looks further. */
	details?: string;
	/** What happened, without whom it is about: errors with one cause have it in common. The message unless given. */
	summary?: string;
	/** What a refusal is about, where its words are known. */
	family?: string;
	/** HTTP status of the answer, where there was one. */
	httpStatus?: number;
	/** How long a busy server asked to be left alone, in milliseconds. */
	retryAfter?: number;
}

/** The one error of the protocol code. Neither its message nor its hint holds a secret. */
export class CpanelError extends Error {
	override readonly name = 'CpanelError';
	readonly hint: string;
	readonly details: string | undefined;
	readonly summary: string;
	readonly family: string | undefined;
	readonly httpStatus: number | undefined;
	readonly retryAfter: number | undefined;
	/** Whether the server would lock the caller out for more of the same. */
	readonly stopsBatch: boolean;

	constructor(
		readonly kind: CpanelErrorKind,
		message: string,
		details: CpanelErrorDetails,
	) {
		super(message);
		this.hint = details.hint;
		this.details = details.details;
		this.summary = details.summary ?? message;
		this.family = details.family;
		this.httpStatus = details.httpStatus;
		this.retryAfter = details.retryAfter;
		this.stopsBatch = kind === 'credential';
	}

	/** The same finding under another kind or in other words, for a caller that knows more about what it means. */
	as(
		kind: CpanelErrorKind,
		{ message = this.message, ...details }: Partial<CpanelErrorDetails & { message: string }> = {},
	): CpanelError {
		return new CpanelError(kind, message, {
			hint: this.hint,
			// other words are about something else
			...(message === this.message && { summary: this.summary, details: this.details }),
			family: this.family,
			httpStatus: this.httpStatus,
			retryAfter: this.retryAfter,
			...details,
		});
	}
}

/** A parameter that is refused before anything is sent. */
export function badInput(message: string, hint: string): CpanelError {
	return new CpanelError('input', message, { hint });
}

/** A message as a sentence of a longer text. Words of cPanel’s own may have their full stop already. */
export function sentence(message: string): string {
	return /[.!?…]$/.test(message) ? message : `${message}.`;
}
