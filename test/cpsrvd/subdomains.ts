import type { IncomingMessage } from 'node:http';
import { parseCookies, parsePath } from './exchange';
import type { Service } from './sessions';
import type { State } from './state';

const BY_NAME: Record<string, Service> = { cpanel: 'cpanel', webmail: 'webmail', whm: 'whm' };

/**
 * What a request is for that came to the web server in front of the three services. It goes by the name that was
 * asked for; an address tells nothing, so that the session or what is asked for has to.
 */
export function serviceBehind(state: State): (request: IncomingMessage) => Service {
	return (request) => {
		const [label = ''] = (request.headers.host ?? '').split('.');
		const named = Object.hasOwn(BY_NAME, label) ? BY_NAME[label] : undefined;
		if (named) return named;
		const { token, target } = parsePath((request.url ?? '/').replace(/\?.*$/s, ''));
		if (target.kind === 'whm') return 'whm';
		if ('webmailsession' in parseCookies(request)) return 'webmail';
		const session = [...state.sessions].find((each) => each.token === token);
		return session?.service ?? 'cpanel';
	};
}
