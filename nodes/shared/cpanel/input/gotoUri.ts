import { badInput } from '../../errors';
import { findDisallowed, trimPastedStart } from './characters';
import { parseUrl } from './host';

/**
 * Reads the page of Webmail that opens after the login: a path on that server, without its `/cpsess…` part.
 *
 * @returns undefined for an empty text: cPanel then opens the user's own choice
 * @throws {CpanelError} of kind `input` for anything that could lead to another server
 */
export function parseGotoUri(text: string): string | undefined {
	const path = trimPastedStart(text);
	if (path === '') return undefined;
	if (!isPathOnServer(path)) {
		throw badInput('“Go To” is not a path on the Webmail server', remedy(path));
	}
	if (/^\/+cpsess/i.test(path)) {
		throw badInput(
			'“Go To” starts with a security token',
			'Leave the /cpsess… part out: each session gets its own.',
		);
	}
	return path;
}

function isPathOnServer(path: string): boolean {
	if (!/^\/(?!\/)[^\\\s\p{Cc}\p{Cf}]*$/u.test(path)) return false;
	const base = 'https://server.invalid';
	const url = parseUrl(path, base);
	return url !== undefined && url.origin === base && !url.pathname.startsWith('//');
}

/** What is wrong with this one, and what to enter. */
function remedy(path: string): string {
	if (/^https?:\/\//i.test(path)) {
		return 'It is a full URL. Enter only the part after /cpsess…, such as /3rdparty/roundcube/index.php.';
	}
	const odd = findDisallowed(path, /[^\\\s\p{Cc}\p{Cf}]/u);
	if (path.startsWith('/') && odd !== undefined) {
		return `It contains ${odd}. Percent-encode it, such as %20 for a space.`;
	}
	return 'Enter a path that starts with one slash, such as /3rdparty/roundcube/index.php.';
}
