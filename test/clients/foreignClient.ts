import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Cpsrvd } from '../cpsrvd';

/** The clients that were installed, by the name of the program that drives them. */
export type ForeignClient = 'cpanelApi' | 'cpanelLib' | 'cpanelUapi';

/** A call as a client names it, and its arguments. */
export type ForeignCall = [name: string, ...rest: unknown[]];

const PROGRAMS = join(__dirname, 'foreign', 'programs');

/** Runs foreign clients, each in a process that trusts the certificate of the server and no other. */
export class ForeignClients {
	private constructor(
		private readonly folder: string,
		private readonly certificate: string,
	) {}

	static async of(server: Cpsrvd): Promise<ForeignClients> {
		const folder = await mkdtemp(join(tmpdir(), 'foreign-clients-'));
		const certificate = join(folder, 'server.pem');
		await writeFile(certificate, server.certificate);
		return new ForeignClients(folder, certificate);
	}

	/**
	 * @param settings what the client is made with, under the names of its program
	 * @returns what the client gave back for each call; `{ failed }` where it said no
	 */
	async run(client: ForeignClient, settings: object, calls: ForeignCall[]): Promise<unknown[]> {
		const { stdout } = await promisify(execFile)(
			process.execPath,
			[
				...['--no-deprecation', '--import', 'tsx'],
				join(PROGRAMS, `${client}.mjs`),
				JSON.stringify({ ...settings, calls }),
			],
			{ env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: this.certificate } },
		);
		return JSON.parse(stdout) as unknown[];
	}

	async clear(): Promise<void> {
		await rm(this.folder, { recursive: true, force: true });
	}
}
