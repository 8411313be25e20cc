import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Certificate } from '../cpsrvd/certificate';
import { ADAPTERS } from './adapters';
import { createAuthority, daysFromNow } from './certificates';
import { answer, startRawServer } from './rawServer';

const run = promisify(execFile);

/** In milliseconds; the process of the clients has to start. */
const PATIENCE = 30_000;

describe('a certificate of an authority that is trusted', () => {
	it(
		'is accepted if it names the server and is valid today',
		async () => {
			const authority = await createAuthority('Authority');
			const stranger = await createAuthority('Stranger');
			const certificates = await Promise.all([
				authority.issue({ name: '127.0.0.1' }),
				authority.issue({ name: 'other.example.com' }),
				authority.issue({ name: '127.0.0.1', from: daysFromNow(-9), until: daysFromNow(-2) }),
				authority.issue({ name: '127.0.0.1', from: daysFromNow(2), until: daysFromNow(9) }),
				stranger.issue({ name: '127.0.0.1' }),
			]);
			expect(await outcomes(authority.cert, certificates)).toEqual(
				ADAPTERS.flatMap(([name]) => [
					`${name} 200`,
					`${name} certificate ERR_TLS_CERT_ALTNAME_INVALID`,
					`${name} certificate CERT_HAS_EXPIRED`,
					`${name} certificate CERT_NOT_YET_VALID`,
					`${name} certificate UNABLE_TO_VERIFY_LEAF_SIGNATURE`,
				]),
			);
		},
		PATIENCE,
	);
});

/** What each adapter makes of servers with these certificates, in a process that trusts the authority. */
async function outcomes(authority: string, certificates: Certificate[]): Promise<string[]> {
	const folder = await mkdtemp(join(tmpdir(), 'authority-'));
	const servers = await Promise.all(
		certificates.map(
			async (certificate) =>
				await startRawServer((connection) => connection.write(answer(200)), certificate),
		),
	);
	try {
		const trusted = join(folder, 'authority.pem');
		await writeFile(trusted, authority);
		const program = ['--no-deprecation', '--import', 'tsx', join(__dirname, 'trustingClient.ts')];
		const { stdout } = await run(
			process.execPath,
			[...program, ...servers.map(({ origin }) => origin)],
			{ env: { ...process.env, NODE_EXTRA_CA_CERTS: trusted }, timeout: PATIENCE },
		);
		return stdout.trim().split('\n');
	} finally {
		await Promise.all(servers.map(async (server) => await server.stop()));
		await rm(folder, { recursive: true });
	}
}
