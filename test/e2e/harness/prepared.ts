import type { PreparedN8n } from './prepare';
import type { ServerPrograms } from './serverPrograms';

/** What a run of the tests finds ready. */
export interface Prepared {
	n8n: PreparedN8n;
	/** The folder with the modules for `~/.n8n/nodes/node_modules`: the package alone. */
	modules: string;
	/** The program of the browser, for the tests that need one. */
	chromium?: string;
	/** The programs of the servers that workers share, for the tests that need them. */
	servers?: ServerPrograms;
}

const VARIABLE = 'E2E_PREPARED';

/** What has to be in the environment of the tests. */
export function toEnvironment(prepared: Prepared): Record<string, string> {
	return { [VARIABLE]: JSON.stringify(prepared) };
}

/** What was prepared for this run. */
export function prepared(): Prepared {
	const text = process.env[VARIABLE];
	if (text === undefined)
		throw new Error('Start these tests with “npm run e2e” or “npm run e2e:queue”.');
	return JSON.parse(text) as Prepared;
}

/** Whether the n8n of this run is at least of this version, for instance `[2, 30]`. */
export function isAtLeast(major: number, minor: number): boolean {
	const [runningMajor = 0, runningMinor = 0] = prepared().n8n.version.split('.').map(Number);
	return runningMajor > major || (runningMajor === major && runningMinor >= minor);
}
