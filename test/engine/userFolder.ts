import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * n8n's engine keeps an encryption key in the folder `.n8n`, and makes one as soon as anything asks for a
 * secret of the instance: a run, an HTTP helper, the loader of packages. Unless told otherwise that is the
 * `.n8n` of whoever is at the keyboard, who may well have an n8n there. So whatever loads the engine imports
 * this file first, and gets a folder that the engine makes when it needs
 * it, and that ends with the process.
 */
const folder = join(tmpdir(), `n8n-engine-${randomUUID()}`);
process.env['N8N_USER_FOLDER'] = folder;
process.once('exit', removeUserFolder);

/** Removes the folder. For where the end of the process is not to be heard of, as in a test of jest. */
export function removeUserFolder(): void {
	rmSync(folder, { recursive: true, force: true });
}
