import { prepared } from '../harness/prepared';
import { HOST, startOwnServer, type OwnServer } from './ownServer';

/** Starts a Redis that keeps everything in memory. */
export async function startRedis(): Promise<OwnServer> {
	const { servers } = prepared();
	if (!servers) throw new Error('Redis was not prepared.');
	return await startOwnServer({
		name: 'Redis',
		program: servers.redis,
		prepare: async (folder, port) => {
			const place = ['--bind', HOST, '--port', String(port), '--dir', folder];
			return [...place, '--save', '', '--appendonly', 'no'];
		},
	});
}
