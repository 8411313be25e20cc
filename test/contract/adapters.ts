import { lookup } from 'node:dns';
import { httpRequest } from 'n8n-core/dist/execution-engine/node-execution-context/utils/request-helper-functions';
import * as undici from 'undici';

import { createHelperTransport } from '../../nodes/shared/http/helperTransport';
import type { HttpTransport } from '../../nodes/shared/http/HttpTransport';
import { createUndiciTransport } from '../../nodes/shared/http/undiciTransport';
import type { EgressFilter } from '../../nodes/shared/http/undiciTransport';

export interface AdapterOptions {
	/** Accept certificates that cannot be verified. */
	allowUnauthorizedCerts: boolean;
	cancelSignal?: AbortSignal;
}

export type OpenTransport = (options: AdapterOptions) => HttpTransport;

/** n8n's own HTTP helper, as it hands it to a node. */
export const n8nHelper = { httpRequest };

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
): HttpTransport {
	return createUndiciTransport(undici, { ...options, egressFilter: filter });
}

/** The adapter that works everywhere. */
export function openHelper(options: AdapterOptions): HttpTransport {
	return createHelperTransport(n8nHelper, options);
}

/** Both sides of the port, by name. */
export const ADAPTERS: Array<[name: string, open: OpenTransport]> = [
	['helper', openHelper],
	['undici', openUndici],
];
