import { startConnectProxy } from '../../contract/connectProxy';
import { startCpsrvd, type Cpsrvd, type CpsrvdOptions } from '../../cpsrvd';
import type { Execution } from '../harness/executions';
import { pressTest } from '../harness/pressTest';
import { runSteps } from '../harness/steps';
import { aliceAt, startWorld, type World } from '../harness/world';
import { TROUBLES, type Scene } from './troubles';

let scene: Scene;
/** What was started on the way. */
const started: Array<{ stop(): Promise<void> }> = [];

beforeAll(async () => {
	scene = { ...(await startWorld()), another, behindProxy };
});

beforeEach(() => scene.server.reset());

afterAll(async () => {
	await scene?.stop();
	await Promise.all(started.map(async (each) => await each.stop()));
});

async function another(options: Pick<CpsrvdOptions, 'tls'> = {}): Promise<Cpsrvd> {
	const server = await startCpsrvd(options);
	started.push(server);
	return server;
}

async function behindProxy(kind: 'refuses' | 'isDown'): Promise<World> {
	const proxy = await startConnectProxy({ refuses: 403 });
	if (kind === 'isDown') await proxy.stop();
	else started.push(proxy);
	const world = await startWorld({ env: { HTTPS_PROXY: proxy.url } });
	started.push(world);
	return world;
}

let fresh = 0;

/** The nodes remember for a minute that a credential was refused: blanks around the server make another of it. */
async function withFreshCredential(): Promise<Scene> {
	fresh += 1;
	const { address } = scene.server;
	const data = { ...aliceAt(address), server: address + ' '.repeat(fresh) };
	const cpanelApi = await scene.n8n.createCredential('cpanelApi', `cPanel account ${fresh}`, data);
	return { ...scene, cpanelApi };
}

describe.each(TROUBLES)('$title', ({ troubles }) => {
	test.each(troubles)('$message', async ({ message, advice, arrange }) => {
		const mine = await withFreshCredential();
		const { switches, world = mine, ...what } = await arrange(mine);
		Object.assign(scene.server.switches, switches);

		const shown =
			'tested' in what
				? (await pressTest(mine.n8n, what.tested.type, what.tested.data)).message
				: shownBy(await runSteps(world, what.steps, what));

		expect(shown).toMatch(asPattern(message));
		expect(shown).toContain(advice);
	});
});

/** The texts that n8n shows: of the node that stopped, or else of the last item that carries its own. */
function shownBy(execution: Execution): string {
	const { failure } = execution;
	if (failure) return `${failure.message}\n${failure.description ?? ''}`;
	return JSON.stringify(execution.json('Node 1').at(-1)?.['error'])?.slice(1, -1);
}

function asPattern(message: string): RegExp {
	const parts = message.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.+')}`);
}
