import * as modules from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Resolve = (specifier: string, context: { parentURL?: string }) => unknown;

/** Of Node.js 22.15 and newer, which the types of the oldest supported one do not know. */
const { registerHooks } = modules as unknown as {
	registerHooks: (hooks: {
		resolve: (...args: [...Parameters<Resolve>, next: Resolve]) => unknown;
	}) => void;
};

const OF_THE_ENGINE = /^n8n-(core|workflow|nodes-base)(\/|$)/;

/**
 * Has everything that is loaded from now on use the engine of an installed n8n, the built nodes included.
 *
 * @param n8nFolder where n8n is installed
 * @param hideUndici has the built nodes find no undici, as in the official container of n8n
 */
export function useEngineOf(n8nFolder: string, hideUndici: boolean): void {
	const build = pathToFileURL(join(__dirname, '..', '..', 'dist')).href;
	registerHooks({
		resolve(specifier, context, next) {
			if (hideUndici && specifier === 'undici' && context.parentURL?.startsWith(build)) {
				throw new Error('undici is hidden');
			}
			return next(
				OF_THE_ENGINE.test(specifier) ? join(n8nFolder, 'node_modules', specifier) : specifier,
				context,
			);
		},
	});
}
