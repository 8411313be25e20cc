import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SEED, startCpsrvd, WHM_SEED, type Cpsrvd } from '../../cpsrvd';
import { startN8n, type N8nOptions, type N8nProcess, type RunningN8n } from './n8n';
import { leaks } from './secrets';
import type { StoredCredential } from './workflowFile';

/** An n8n beside a cPanel server that it trusts. */
export interface World {
	readonly n8n: RunningN8n;
	/** Those that do a part of its work, in queue mode. */
	readonly others: readonly N8nProcess[];
	/** Where the webhooks of published workflows are served. */
	readonly webhookOrigin: string;
	readonly server: Cpsrvd;
	/** Signs in to the server as its account `alice`. */
	readonly cpanelApi: StoredCredential;
	/** What must be in the environment of an n8n that is to trust the server, too. */
	readonly trust: Record<string, string>;
	/**
	 * Ends both.
	 *
	 * @throws when n8n has kept a secret anywhere, whatever it was used for until then
	 */
	stop(): Promise<void>;
}

/** What a cPanel credential says about `alice` at a server. */
export function aliceAt(server: string): Record<string, unknown> {
	return {
		server,
		username: SEED.alice.user,
		authentication: 'apiToken',
		apiToken: SEED.alice.apiToken,
		allowUnauthorizedCerts: false,
	};
}

/** What a WHM credential says about the reseller at a server. */
export function agencyAt(server: string): Record<string, unknown> {
	return {
		server,
		username: WHM_SEED.agency.user,
		apiToken: WHM_SEED.agency.apiToken,
		allowUnauthorizedCerts: false,
	};
}

export interface WorldOptions extends N8nOptions {
	/** The loopback address of the cPanel server; a free one unless given. */
	address?: string;
}

/** Starts a cPanel server, and an n8n that knows its certificate and has a credential for it. */
export async function startWorld({ address, ...options }: WorldOptions = {}): Promise<World> {
	const server = await startCpsrvd({ address });
	const folder = await mkdtemp(join(tmpdir(), 'e2e-world-'));
	const authority = join(folder, 'cpsrvd.pem');
	try {
		await writeFile(authority, server.certificate);
		const trust = { NODE_EXTRA_CA_CERTS: authority };
		const n8n = await startN8n({ ...options, env: { ...trust, ...options.env } });
		const stop = async () => {
			await Promise.all([n8n.stop(), server.stop()]);
			await rm(folder, { recursive: true, force: true });
		};
		const stopAndLook = async () => {
			try {
				const found = await leaks(n8n);
				if (found.length > 0) throw new Error(`n8n kept secrets: ${found.join(', ')}`);
			} finally {
				await stop();
			}
		};
		try {
			const data = aliceAt(server.address);
			const cpanelApi = await n8n.createCredential('cpanelApi', 'cPanel account', data);
			return {
				n8n,
				others: [],
				webhookOrigin: n8n.origin,
				server,
				cpanelApi,
				trust,
				stop: stopAndLook,
			};
		} catch (error) {
			await stop();
			throw error;
		}
	} catch (error) {
		await server.stop();
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
}

/** Such a world for the tests of a file; each test finds the cPanel server as new. */
export function useWorld(start: () => Promise<World> = startWorld): () => World {
	let world: World | undefined;
	beforeAll(async () => {
		world = await start();
	});
	beforeEach(() => world?.server.reset());
	afterAll(async () => await world?.stop());
	return () => {
		if (world === undefined) throw new Error('The world has not started');
		return world;
	};
}
