import type * as Undici from 'undici';

import { HttpTransportError } from '../HttpTransport';

type Verdict = { ok: true; result: void } | { ok: false; error: Error };

/** The instance's egress policy, as n8n 2.30 and newer hand it to a node that brings its own client. */
export interface EgressFilter {
	validateUrl(url: string | URL): Promise<Verdict>;
	validateConnectionHost(host: string): Verdict;
	createSecureLookup(): Extract<Undici.buildConnector.BuildOptions, { lookup?: unknown }>['lookup'];
}

/**
 * Asks the policy about an address. Its look-up is asked again when a connection is opened, but sees names only, so
 * an address literal is checked here.
 *
 * @throws {HttpTransportError} `blocked`
 */
export async function checkEgress(filter: EgressFilter, url: URL): Promise<void> {
	const verdicts = [
		filter.validateConnectionHost(url.hostname.replace(/^\[|\]$/g, '')),
		await filter.validateUrl(url),
	];
	if (verdicts.some((verdict) => !verdict.ok)) throw new HttpTransportError('blocked', url.host);
}
