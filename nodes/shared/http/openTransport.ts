import { createHelperTransport } from './helperTransport';
import type { HttpHelper } from './helperTransport';
import type { HttpTransport } from './HttpTransport';
import { keepConnections } from './kept';
import type { EgressFilter, NotKept } from './kept';

export type { NotKept } from './kept';

/** n8n's request helpers; those of n8n 2.30 and newer can tell the instance's egress policy. */
interface RequestHelpers extends HttpHelper {
	getSecureEgressFilter?: () => EgressFilter;
}

interface TransportOptions {
	/** Accept certificates that cannot be verified. */
	allowUnauthorizedCerts: boolean;
	/** Whether more than one request may come: loading undici takes longer than a connection does. */
	keepConnections: boolean;
	/** n8n's signal that the execution was stopped. */
	cancelSignal?: AbortSignal;
}

export interface OpenedTransport extends HttpTransport {
	/** Why connections were wanted to be kept, and were not; undefined as long as that is not so. */
	readonly notKept: NotKept | undefined;
}

/**
 * The transport for one execution; the caller closes it in `finally`.
 * Kept connections where they are wanted and can be had, n8n's helper everywhere else. Nothing is loaded before the
 * first request.
 */
export function openTransport(helpers: RequestHelpers, options: TransportOptions): OpenedTransport {
	let opening: Promise<OpenedTransport> | undefined;
	let opened: OpenedTransport | undefined;
	return {
		get notKept() {
			return opened?.notKept;
		},
		async send(request) {
			opening ??= chooseTransport(helpers, options);
			opened = await opening;
			return await opened.send(request);
		},
		async close() {
			await (await opening)?.close();
		},
	};
}

async function chooseTransport(
	helpers: RequestHelpers,
	options: TransportOptions,
): Promise<OpenedTransport> {
	const helper = createHelperTransport(helpers, options);
	if (!options.keepConnections) return { ...helper, notKept: undefined };
	return await keepConnections(helper, helpers.getSecureEgressFilter?.(), options);
}
