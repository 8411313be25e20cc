import { lookup } from 'node:dns';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { httpRequest } from 'n8n-core/dist/execution-engine/node-execution-context/utils/request-helper-functions';
import * as undici from 'undici';

import { createHelperTransport } from '../../nodes/shared/http/helperTransport';
import type { HttpTransport } from '../../nodes/shared/http/HttpTransport';
import type { EgressFilter } from '../../nodes/shared/http/kept';
import { ResponseMatcher } from '../../nodes/shared/http/kept/responseMatching';
import { createUndiciTransport } from '../../nodes/shared/http/kept/undiciTransport';

export interface AdapterOptions {
	/** Accept certificates that cannot be verified. */
	allowUnauthorizedCerts: boolean;
	cancelSignal?: AbortSignal;
}

export type OpenTransport = (options: AdapterOptions) => HttpTransport;

/** n8n's own HTTP helper, as it hands it to a node. */
export const n8nHelper = { httpRequest };

/** The same of the newest n8n, which is known by its policy. */
export const newestHelper = {
	httpRequest: newestHttpRequest(),
	getSecureEgressFilter: (): EgressFilter => egressFilter(),
};

function newestHttpRequest(): typeof httpRequest {
	const requireFromEngine = createRequire(
		join(__dirname, '../engines/latest/node_modules/n8n-core/package.json'),
	);
	const { httpRequest: newest } = requireFromEngine(
		join(dirname(requireFromEngine.resolve('@n8n/backend-network')), 'http/axios/request.js'),
	) as { httpRequest: typeof httpRequest };
	return async (options) => await newest(options);
}

/** An egress policy that lets everything through; a test replaces what it wants to see. */
export function egressFilter(changes: Partial<EgressFilter> = {}): EgressFilter {
	return {
		validateUrl: async () => ({ ok: true, result: undefined }),
		validateConnectionHost: () => ({ ok: true, result: undefined }),
		createSecureLookup: () => lookup,
		...changes,
	};
}

/** The adapter that keeps its connections, under a policy. */
export function openUndici(
	options: AdapterOptions,
	filter: EgressFilter = egressFilter(),
	client: typeof undici = undici,
): HttpTransport {
	const matcher = new ResponseMatcher();
	return createUndiciTransport(client, { ...options, egressFilter: filter }, matcher);
}

/** The adapter that works everywhere. */
export function openHelper(options: AdapterOptions): HttpTransport {
	return createHelperTransport(n8nHelper, options);
}

/** The same with the newest n8n. */
export function openNewestHelper(options: AdapterOptions): HttpTransport {
	return createHelperTransport(newestHelper, options);
}

/** Both sides of the port, by name. */
export const ADAPTERS: Array<[name: string, open: OpenTransport]> = [
	['helper of n8n 2.8', openHelper],
	['helper of n8n 2.41', openNewestHelper],
	['undici', openUndici],
];
