import type * as Undici from 'undici';

import { AnswerLedger } from './answerLedger';
import type { EgressFilter } from './egress';
import { withHandOver } from './handOver';
import { createHelperTransport } from './helperTransport';
import type { HttpHelper } from './helperTransport';
import type { HttpTransport } from './HttpTransport';
import { createUndiciTransport } from './undiciTransport';

/** n8n's request helpers; those of n8n 2.30 and newer can tell the instance's egress policy. */
export interface RequestHelpers extends HttpHelper {
	getSecureEgressFilter?: () => EgressFilter;
}

export interface TransportOptions {
	/** Accept certificates that cannot be verified. */
	allowUnauthorizedCerts: boolean;
	/** Whether more than one request may come: loading undici takes longer than a connection does. */
	keepConnections: boolean;
	/** n8n's signal that the execution was stopped. */
	cancelSignal?: AbortSignal;
}

/**
 * The transport for one execution; the caller closes it in `finally`.
 * Kept connections where they are wanted, undici is installed and the instance hands over its egress
 * policy, n8n's helper everywhere else. Nothing is loaded before the first request.
 */
export function openTransport(helpers: RequestHelpers, options: TransportOptions): HttpTransport {
	let opened: Promise<HttpTransport> | undefined;
	return {
		async send(request) {
			opened ??= chooseTransport(helpers, options);
			return await (await opened).send(request);
		},
		async close() {
			await (await opened)?.close();
		},
	};
}

async function chooseTransport(
	helpers: RequestHelpers,
	options: TransportOptions,
): Promise<HttpTransport> {
	const egressFilter = options.keepConnections ? helpers.getSecureEgressFilter?.() : undefined;
	const undici = egressFilter && (await loadUndici());
	const ledger = new AnswerLedger();
	const helper = createHelperTransport(helpers, { ...options, ledger });
	if (!undici) return helper;
	const kept = createUndiciTransport(undici, { ...options, egressFilter, ledger });
	return withHandOver(kept, helper, ledger);
}

/**
 * undici is optional: n8n's installer for community nodes leaves it out. Another copy may be found then, of
 * whatever age: one that does not know of proxies would pass them by, and one that cannot unpack every answer would
 * not understand what the helper does.
 */
async function loadUndici(): Promise<typeof Undici | undefined> {
	try {
		const undici = await import('undici');
		return 'EnvHttpProxyAgent' in undici && 'decompress' in undici.interceptors
			? undici
			: undefined;
	} catch {
		return undefined;
	}
}
