import { join } from 'node:path';

import { command } from '../harness/command';
import { Database } from '../harness/database';
import { prepared } from '../harness/prepared';
import { waitFor } from '../harness/wait';
import { HOST, startOwnServer, type OwnServer, type OwnServerOptions } from './ownServer';

const TIMEOUT = 120_000;

/** What initdb makes: an owner of everything, who needs no password, and an empty database. */
const OWNER = { user: 'n8n', database: 'postgres' } as const;

/** A PostgreSQL with an empty database. */
export interface OwnPostgres extends OwnServer {
	/** Reads the database. */
	readonly database: Database;
	/** What must be in the environment of an n8n that is to use it. */
	readonly environment: Record<string, string>;
}

/** Starts a PostgreSQL with a cluster of its own. */
export async function startPostgres(): Promise<OwnPostgres> {
	const { n8n, servers } = prepared();
	if (!servers) throw new Error('PostgreSQL was not prepared.');
	const user = await whoRunsPostgres();
	const server = await startOwnServer({
		name: 'PostgreSQL',
		program: servers.postgres,
		user,
		// the one that does not wait until its clients have left
		stopSignal: 'SIGINT',
		prepare: async (folder, port) => {
			const data = join(folder, 'data');
			const access = ['--username', OWNER.user, '--auth', 'trust'];
			const text = ['--no-locale', '--encoding', 'UTF8'];
			const options = { cwd: folder, user, timeout: TIMEOUT };
			await command(servers.initdb, ['-D', data, '--no-sync', ...access, ...text], options);
			// nothing has to outlive the test
			const settings = ['fsync=off', `listen_addresses=${HOST}`, 'unix_socket_directories='];
			return ['-D', data, '-p', String(port), ...settings.flatMap((each) => ['-c', each])];
		},
	});
	const { port } = server;
	const database = new Database(n8n, { postgres: { host: HOST, port, ...OWNER } });
	const stop = async () => {
		await Promise.all([server.stop(), database.close()]);
	};
	try {
		await waitFor('the first answer of PostgreSQL', TIMEOUT, async () => {
			return await database.query('SELECT 1');
		});
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		port,
		database,
		environment: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: HOST,
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_USER: OWNER.user,
			DB_POSTGRESDB_DATABASE: OWNER.database,
		},
		stop,
	};
}

/** PostgreSQL refuses to run as root; Debian has a user for it. */
async function whoRunsPostgres(): Promise<OwnServerOptions['user']> {
	if (process.getuid?.() !== 0) return undefined;
	const id = async (which: '-u' | '-g') =>
		Number(await command('id', [which, 'postgres'], { timeout: TIMEOUT }));
	return { uid: await id('-u'), gid: await id('-g') };
}
