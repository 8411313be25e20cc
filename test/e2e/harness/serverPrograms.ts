import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { findProgram, installDebianPackages, mayInstallPackages } from './debian';

/** The programs of the servers through which processes of n8n share their work. */
export interface ServerPrograms {
	redis: string;
	initdb: string;
	postgres: string;
}

/** Finds Redis and PostgreSQL, or installs them where that can be done. */
export async function prepareServers(): Promise<ServerPrograms> {
	if (mayInstallPackages()) {
		const missing = [
			...(findRedis() ? [] : ['redis-server']),
			...(findPostgres('initdb') ? [] : ['postgresql']),
		];
		if (missing.length > 0) await installDebianPackages(...missing);
	}
	const [redis, initdb, postgres] = [findRedis(), findPostgres('initdb'), findPostgres('postgres')];
	if (redis && initdb && postgres) return { redis, initdb, postgres };
	throw new Error(
		'Install Redis and PostgreSQL: on Debian, the packages redis-server and postgresql.',
	);
}

function findRedis(): string | undefined {
	return findProgram('redis-server', ['/usr/bin']);
}

/** Debian keeps the programs of each version in a folder of its own, of which none is in the PATH. */
function findPostgres(name: string): string | undefined {
	const versions = '/usr/lib/postgresql';
	const installed = existsSync(versions) ? readdirSync(versions) : [];
	const newestFirst = installed.sort((one, other) => Number(other) - Number(one));
	return findProgram(
		name,
		newestFirst.map((version) => join(versions, version, 'bin')),
	);
}
