import { HttpTransportError } from '../HttpTransport';
import type { ResponseIdentity, PendingMatch } from '../HttpTransport';

/** An answer, as far as it matters whose it is. */
interface TrackedResponse {
	connection: ConnectionResponses;
	/** Whether it is the first of its connection: nothing is before it that it could belong to. */
	isFirst: boolean;
	isProven: boolean;
	doubt?: HttpTransportError;
}

/**
 * Keeps the answers of an execution and the requests together that they belong to.
 *
 * A kept connection takes the next bytes that come for the answer to its next request. One answer too many, which
 * arrives while the next request is under way, so moves every answer behind it to the request after its own. What is
 * found in the answers shows that: one names something else than was asked for, or two hold the same session. Then
 * everything that came over the connection since its last proven answer is doubted. An answer is proven if it names
 * what was asked for, and those before it on its connection are with it: had one been too many, this one would be
 * another's.
 */
export class ResponseMatcher {
	/** The origins whose answers were found in wrong places. */
	readonly misplacing = new Set<string>();
	private readonly holderOf = new Map<string, TrackedResponse>();
	private looksTell = true;

	/** A connection of its own for the answers of one origin. */
	connection(origin: string): ConnectionResponses {
		return new ConnectionResponses(this, origin);
	}

	/** @returns whether the answer is to be trusted, as far as can be told now */
	judge(answer: TrackedResponse, { isOwn, seemsForeign, unique }: ResponseIdentity): void {
		const { isFirst } = answer;
		const holder = unique === undefined ? undefined : this.holderOf.get(unique);
		if (unique !== undefined && holder === undefined) this.holderOf.set(unique, answer);
		if (isFirst && seemsForeign === true) this.looksTell = false;
		const looksForeign = seemsForeign === true && this.looksTell;
		if (holder !== undefined) {
			if (!holder.isProven) holder.connection.disprove(holder);
			answer.connection.disprove(answer);
		} else if (!isFirst && (isOwn === false || looksForeign)) {
			answer.connection.disprove(answer);
		} else if (isFirst || isOwn === true) {
			answer.connection.prove(answer);
		}
	}
}

/** The answers of one connection, in order. */
export class ConnectionResponses {
	private readonly unproven = new Set<TrackedResponse>();
	private isEmpty = true;
	/** Why the connection is not to be trusted any more. */
	doubt: HttpTransportError | undefined;

	constructor(
		private readonly ledger: ResponseMatcher,
		private readonly origin: string,
	) {}

	/** Takes note of an answer that came over this connection. */
	received(): PendingMatch {
		const answer: TrackedResponse = {
			connection: this,
			isFirst: this.isEmpty,
			isProven: false,
			doubt: this.doubt,
		};
		this.isEmpty = false;
		this.unproven.add(answer);
		const { ledger } = this;
		return {
			get mismatch() {
				return answer.doubt;
			},
			match(finding) {
				ledger.judge(answer, finding);
				return answer.doubt;
			},
		};
	}

	/** The answer is its request's own, and so are those before it. */
	prove(answer: TrackedResponse): void {
		answer.isProven = true;
		for (const earlier of this.unproven) earlier.isProven = true;
		this.unproven.clear();
	}

	/** The answer is another request's; since when that is so, nobody knows. */
	disprove(answer: TrackedResponse): void {
		const { host } = new URL(this.origin);
		this.doubt ??= new HttpTransportError('misplaced', host);
		for (const doubted of [...this.unproven, answer]) doubted.doubt ??= this.doubt;
		this.ledger.misplacing.add(this.origin);
	}
}

/** Whether a finding tells anything by which a later answer can be told from this one. */
export function tells({ isOwn, unique }: ResponseIdentity): boolean {
	return isOwn === true || unique !== undefined;
}
