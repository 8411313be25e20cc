/*
 * Runs the tests with n8n in queue mode: one n8n that serves the editor and the webhooks, and workers.
 * The arguments are those of `../run.ts`.
 */
import { join } from 'node:path';

import { prepareServers } from '../harness/serverPrograms';
import { runSuite } from '../harness/suite';

runSuite({
	config: join(__dirname, 'jest.config.js'),
	prepare: async () => ({ servers: await prepareServers() }),
});
