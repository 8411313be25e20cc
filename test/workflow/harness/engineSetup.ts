import { createRequire } from 'node:module';

import { removeUserFolder } from '../../engine/userFolder';
import { letAMinutePass } from './minutes';

interface Stoppable {
	onShutdown(): void;
}

interface Container {
	get<Service>(type: new () => Service): Service;
}

/** Older engines start a timer with the first node that runs, and jest would wait for it. */
afterAll(() => {
	const requireFromEngine = createRequire(require.resolve('n8n-core'));
	const { Container } = requireFromEngine('@n8n/di') as { Container: Container };
	const { SSHClientsManager } = requireFromEngine('./execution-engine/ssh-clients-manager') as {
		SSHClientsManager: new () => Stoppable;
	};
	Container.get(SSHClientsManager).onShutdown();
});

afterAll(removeUserFolder);

// each test begins when what the nodes remember of the one before is over
beforeEach(letAMinutePass);
