import { startCpsrvd, type Cpsrvd } from '../../cpsrvd';
import type { Execution } from '../harness/executions';
import { runSteps } from '../harness/steps';
import { aliceAt, startWorld } from '../harness/world';
import { TROUBLES, type Scene } from './troubles';

let scene: Scene;
const others: Cpsrvd[] = [];

beforeAll(async () => {
	const another = async (): Promise<Cpsrvd> => {
		const server = await startCpsrvd();
		others.push(server);
		return server;
	};
	scene = { ...(await startWorld()), stranger: await another(), another };
});

beforeEach(() => scene.server.reset());

afterAll(async () => {
	await scene?.stop();
	await Promise.all(others.map(async (server) => await server.stop()));
});

let fresh = 0;

/** The nodes remember for a minute that a credential was refused: blanks around the server make another of it. */
async function withFreshCredential(): Promise<Scene> {
	fresh += 1;
	const { address } = scene.server;
	const data = { ...aliceAt(address), server: address + ' '.repeat(fresh) };
	const cpanelApi = await scene.n8n.createCredential('cpanelApi', `cPanel account ${fresh}`, data);
	return { ...scene, cpanelApi };
}

test.each(TROUBLES)('$message', async ({ message, advice, arrange }) => {
	const mine = await withFreshCredential();
	const { switches, steps, ...options } = await arrange(mine);
	Object.assign(scene.server.switches, switches);

	const shown = shownBy(await runSteps(mine, steps, options));

	expect(shown).toMatch(asPattern(message));
	expect(shown).toContain(advice);
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
