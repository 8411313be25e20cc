import { Client, TOKEN } from './cpsrvdClient';
import { startCpsrvd } from '../cpsrvd';
import type { Cpsrvd } from '../cpsrvd';

let server: Cpsrvd;
let client: Client;

beforeAll(async () => {
	server = await startCpsrvd({ cpanelPort: 0, webmailPort: 0, whmPort: 0 });
});
beforeEach(() => {
	server.reset();
	client = new Client(server);
});
afterEach(async () => await client.close());
afterAll(async () => await server.stop());

const ask = async (signal?: AbortSignal) =>
	await client.send('cpanel', '/execute/Email/list_pops', { headers: TOKEN, signal });
const answered = () => server.journal.entries.filter(({ status }) => status !== 0).length;

describe('answers that are held', () => {
	it('go once there are so many, and so do all that follow', async () => {
		server.hold.place({ after: 1, until: 3 });
		await ask();
		const held = [ask(), ask()];
		await server.hold.holds(2);
		expect(answered()).toBe(1);
		await Promise.all([...held, ask()]);
		expect(answered()).toBe(4);
		await ask();
		expect(server.journal.maxConcurrent).toBe(3);
	});

	it('wait until they are let go', async () => {
		server.hold.place();
		const held = [ask(), ask()];
		await server.hold.holds(2);
		expect(answered()).toBe(0);
		server.hold.lift();
		await Promise.all([...held, ask()]);
		expect(answered()).toBe(3);
	});

	it('are forgotten when their client leaves', async () => {
		server.hold.place({ until: 2 });
		const leaving = new AbortController();
		const left = ask(leaving.signal);
		await server.hold.holds(1);
		leaving.abort();
		await expect(left).rejects.toThrow();
		while (server.journal.inFlight > 0) await new Promise(setImmediate);
		const held = ask();
		await server.hold.holds(1);
		expect(answered()).toBe(0);
		await Promise.all([held, ask()]);
		expect(answered()).toBe(2);
	});

	it('are let go by a reset', async () => {
		server.hold.place();
		const held = ask();
		await server.hold.holds(1);
		server.reset();
		expect((await held).status).toBe(200);
	});
});
