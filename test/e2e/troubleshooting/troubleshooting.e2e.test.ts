import { startCpsrvd } from '../../cpsrvd';
import type { Execution } from '../harness/executions';
import { runSteps } from '../harness/steps';
import { startWorld } from '../harness/world';
import { TROUBLES, type Scene } from './troubles';

let scene: Scene;

beforeAll(async () => {
	scene = { ...(await startWorld()), stranger: await startCpsrvd() };
});

beforeEach(() => scene.server.reset());

afterAll(async () => {
	await scene?.stop();
	await scene?.stranger.stop();
});

test.each(TROUBLES)('$message', async ({ message, advice, arrange }) => {
	const { switches, steps, ...options } = await arrange(scene);
	Object.assign(scene.server.switches, switches);

	const shown = shownBy(await runSteps(scene, steps, options));

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
