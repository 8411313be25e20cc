/*
 * Runs the tests in a real n8n, of the version given by `--n8n`. Every other argument is for jest: a
 * part of a file's name runs that file alone.
 */
import { join } from 'node:path';

import { prepareChromium } from './harness/prepare';
import { runSuite } from './harness/suite';

runSuite({
	config: join(__dirname, 'jest.config.js'),
	prepare: async () => ({ chromium: await prepareChromium() }),
});
