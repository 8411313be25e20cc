/*
 * How long it takes to create sessions, over n8n's HTTP helper and over kept connections. The two take turns
 * within one run, and only their ratio is worth reading: everything shares this machine.
 *
 *   npm run bench                 100 items, a server 20 ms away that needs 20 ms
 *   npm run bench -- 500 5        500 items, 5 ms away
 */
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fork } from 'node:child_process';

import { createWebmailSessionForMailUser } from '../../nodes/shared/cpanel/webmailSession';
import { readCredential } from '../../nodes/shared/cpanel/credential';
import { ADAPTERS } from '../contract/adapters';
import type { OpenTransport } from '../contract/adapters';
import { SEED } from '../cpsrvd';

const ROUNDS = 5;
const LANES = [1, 5, 10];
const items = Number(process.argv[2] ?? 100);
const oneWay = Number(process.argv[3] ?? 20);

interface Measured {
	milliseconds: number;
	/** Of this process, which is the client alone. */
	cpuMilliseconds: number;
}

/** Creates the sessions, with so many requests at once. */
async function createSessions(open: OpenTransport, port: number, lanes: number): Promise<Measured> {
	const credential = readCredential({
		server: `127.0.0.1:${port}`,
		username: 'alice',
		apiToken: SEED.alice.apiToken,
		allowUnauthorizedCerts: true,
	});
	const mailbox = { login: 'anna', domain: 'example.com', email: 'anna@example.com' };
	const transport = open({ allowUnauthorizedCerts: true });
	const connection = { transport, timeout: 30_000, certificateSwitch: '' };
	const cpuBefore = process.cpuUsage();
	const before = performance.now();
	let left = items;
	const lane = async () => {
		while (left-- > 0) await createWebmailSessionForMailUser(connection, credential, mailbox, {});
	};
	await Promise.all(Array.from({ length: lanes }, lane));
	const milliseconds = performance.now() - before;
	const { user, system } = process.cpuUsage(cpuBefore);
	await transport.close();
	return { milliseconds, cpuMilliseconds: (user + system) / 1000 };
}

/** A way to the server that takes as long as a real one. */
async function distance(port: number, address: string): Promise<{ port: number; close(): void }> {
	const relay = createServer((client) => {
		const server = connect(port, address);
		const later = (send: () => void) => setTimeout(send, oneWay);
		client.on('data', (data) => later(() => server.write(data)));
		server.on('data', (data) => later(() => client.write(data)));
		client.on('close', () => later(() => server.end()));
		server.on('close', () => later(() => client.end()));
		client.on('error', () => server.destroy());
		server.on('error', () => client.destroy());
	});
	await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
	return { port: (relay.address() as AddressInfo).port, close: () => relay.close() };
}

function median(numbers: number[]): number {
	return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}

async function main(): Promise<void> {
	Object.assign(process, { noDeprecation: true });
	// the server has a process of its own, so that the CPU time measured is the client's
	const server = fork(require.resolve('./server.ts'), { execArgv: process.execArgv });
	const { address, port } = await new Promise<{ address: string; port: number }>((resolve) =>
		server.once('message', (message) => resolve(message as { address: string; port: number })),
	);
	const relay = await distance(port, address);
	process.stdout.write(
		`${items} sessions, ${oneWay} ms each way, medians of ${ROUNDS} rounds in turns\n\n`,
	);
	try {
		for (const lanes of LANES) {
			const results = ADAPTERS.map(([, open]) => ({ open, measured: [] as Measured[] }));
			for (let round = 0; round < ROUNDS; round++) {
				for (const { open, measured } of results) {
					measured.push(await createSessions(open, relay.port, lanes));
				}
			}
			const [helper, kept] = results.map(({ measured }) => ({
				time: median(measured.map(({ milliseconds }) => milliseconds)),
				cpu: median(measured.map(({ cpuMilliseconds }) => cpuMilliseconds)),
			}));
			if (helper === undefined || kept === undefined) continue;
			process.stdout.write(
				`${String(lanes).padStart(2)} at once: kept connections take 1/${(helper.time / kept.time).toFixed(1)} of the time and ` +
					`1/${(helper.cpu / kept.cpu).toFixed(1)} of the CPU ` +
					`(${helper.time.toFixed(0)} → ${kept.time.toFixed(0)} ms, CPU ${helper.cpu.toFixed(0)} → ${kept.cpu.toFixed(0)} ms)\n`,
			);
		}
	} finally {
		relay.close();
		server.kill();
	}
}

main().then(
	() => process.exit(0),
	(error: Error) => {
		process.stderr.write(`${error.stack ?? error.message}\n`);
		process.exit(1);
	},
);
