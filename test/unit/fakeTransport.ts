import type { Channel } from '../../nodes/shared/cpanel/api/send';
import type {
	ResponseIdentity,
	HttpRequest,
	HttpResponse,
	HttpTransport,
} from '../../nodes/shared/http/HttpTransport';

/** A transport without a network: it notes what is sent, and answers what it was told to. */
export interface FakeTransport extends HttpTransport {
	requests: HttpRequest[];
}

/** @param answers one for each request, in order; an error is thrown */
export function fakeTransport(...answers: Array<Partial<HttpResponse> | Error>): FakeTransport {
	const requests: HttpRequest[] = [];
	return {
		requests,
		async send(request) {
			requests.push(request);
			const answer = answers[requests.length - 1];
			if (answer === undefined) throw new Error(`Nobody expected request ${requests.length}`);
			if (answer instanceof Error) throw answer;
			return response(answer);
		},
		async close() {},
	};
}

/** An answer that came over a kept connection, and what it is matched by. */
export function awaitingMatch(answer: Partial<HttpResponse>): {
	answer: Partial<HttpResponse>;
	identities: ResponseIdentity[];
} {
	const identities: ResponseIdentity[] = [];
	const pendingMatch = {
		mismatch: undefined,
		match(identity: ResponseIdentity): undefined {
			identities.push(identity);
		},
	};
	return { answer: { ...answer, pendingMatch }, identities };
}

export function response(changes: Partial<HttpResponse> = {}): HttpResponse {
	return { status: 200, body: '', cookies: [], ...changes };
}

/** A UAPI answer that went well. */
export function uapi(data: unknown, more: Record<string, unknown> = {}): Partial<HttpResponse> {
	const envelope = { status: 1, data, errors: null, messages: null, metadata: {}, warnings: null };
	return { contentType: 'application/json', body: JSON.stringify({ ...envelope, ...more }) };
}

/** A UAPI answer that says no. */
export function uapiRefusal(...errors: string[]): Partial<HttpResponse> {
	return uapi(null, { status: 0, errors });
}

export function connectionTo(transport: HttpTransport): Channel {
	return { transport, timeout: 30_000, certificateSwitch: 'in the credential' };
}
