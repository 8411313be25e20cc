import { HttpTransportError } from '../HttpTransport';
import type { PendingMatch, ResponseIdentity } from '../HttpTransport';

/** A response, as far as it matters whose it is. */
interface TrackedResponse {
	connection: ConnectionResponses;
	/** Whether it is the first of its connection: nothing is before it that it could belong to. */
	isFirst: boolean;
	mismatch: HttpTransportError | undefined;
}

/**
 * Matches the responses of an execution to their requests.
 *
 * A kept connection takes the next bytes that come for the response to its next request. One response too many, which
 * arrives while the next request is under way, so moves every response behind it to the request after its own. What
 * the responses tell shows that: one names something else than was asked for, or two hold the same session. Then
 * everything that came over the connection since its last proven response counts as mismatched. A response is proven
 * if it names what was asked for, and those before it on its connection are with it: had one been too many, this one
 * would be another's.
 */
export class ResponseMatcher {
	/** The origins that had a mismatch. */
	readonly mismatchedOrigins = new Set<string>();
	private readonly holders = new Map<string, TrackedResponse>();
	/** Whether servers name what was asked for, as far as the first responses of connections show. */
	private serversNameIt = true;

	/** @returns a new connection's responses, of which there are none yet */
	connection(origin: string): ConnectionResponses {
		return new ConnectionResponses(this, origin);
	}

	match(response: TrackedResponse, { isOwn, seemsForeign, unique }: ResponseIdentity): void {
		const { connection, isFirst } = response;
		if (isFirst && seemsForeign) this.serversNameIt = false;
		const holder = unique === undefined ? undefined : this.holders.get(unique);
		if (holder !== undefined) {
			if (holder.connection.unproven.has(holder)) holder.connection.disprove();
			connection.disprove();
			return;
		}
		if (unique !== undefined) this.holders.set(unique, response);
		const isForeign = isOwn === false || (seemsForeign === true && this.serversNameIt);
		if (isForeign && !isFirst) connection.disprove();
		else if (isOwn || isFirst) connection.unproven.clear();
	}
}

/** The responses of one connection to one origin, in order. */
export class ConnectionResponses {
	/** Those that came since the last proven one. */
	readonly unproven = new Set<TrackedResponse>();
	private isEmpty = true;
	private mismatch: HttpTransportError | undefined;

	constructor(
		private readonly matcher: ResponseMatcher,
		private readonly origin: string,
	) {}

	/**
	 * Takes note of a response that came over this connection.
	 *
	 * @param onMatch is told whether a later response of the connection can be told from this one
	 */
	received(onMatch?: (isKnown: boolean) => void): PendingMatch {
		const response: TrackedResponse = {
			connection: this,
			isFirst: this.isEmpty,
			mismatch: this.mismatch,
		};
		this.isEmpty = false;
		this.unproven.add(response);
		const { matcher } = this;
		return {
			get mismatch() {
				return response.mismatch;
			},
			match(identity) {
				matcher.match(response, identity);
				const isKnown = identity.isOwn === true || identity.unique !== undefined;
				onMatch?.(isKnown && response.mismatch === undefined);
				return response.mismatch;
			},
		};
	}

	/** One of the responses is another request's; since which one that is so, nobody knows. */
	disprove(): void {
		this.mismatch ??= new HttpTransportError('mismatched', new URL(this.origin).host);
		for (const response of this.unproven) response.mismatch ??= this.mismatch;
		this.matcher.mismatchedOrigins.add(this.origin);
	}
}
