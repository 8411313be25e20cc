/**
 * Takes `--n8n VERSION` out of the arguments of a program.
 *
 * @param usual the version where none is asked for
 * @throws where the version is missing
 */
export function readVersion(all: string[], usual: string): { version: string; rest: string[] } {
	const at = all.indexOf('--n8n');
	if (at === -1) return { version: usual, rest: all };
	const version = all[at + 1];
	if (!version) throw new Error('--n8n needs a version, as in --n8n 2.8.4');
	return { version, rest: [...all.slice(0, at), ...all.slice(at + 2)] };
}
