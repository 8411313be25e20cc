import { Pool } from 'undici';

import { SEED } from '../cpsrvd/accounts';

/** The floor: the same calls over a pool of kept connections, with nothing around them. */
export async function runInPool(host: string, items: number, concurrency: number): Promise<number> {
	const pool = new Pool(`https://${host}:2083`, {
		connections: concurrency,
		pipelining: 1,
		allowH2: false,
		connect: { rejectUnauthorized: false },
	});
	let left = items;
	let good = 0;
	const connection = async (): Promise<void> => {
		while (left-- > 0) {
			const { body } = await pool.request({
				method: 'GET',
				path: '/execute/Session/create_webmail_session_for_mail_user?domain=example.com&login=anna',
				headers: { authorization: `cpanel alice:${SEED.alice.apiToken}` },
			});
			const { data } = (await body.json()) as { data?: { session?: string } };
			if (data?.session !== undefined) good += 1;
		}
	};
	await Promise.all(Array.from({ length: concurrency }, connection));
	await pool.destroy();
	return good;
}
