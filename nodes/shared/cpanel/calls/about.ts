import type { Subject } from '../answers/refusal';
import type { Arguments } from './send';

/** What a call is about, as its arguments say, so that a refusal can name it. */
export function aboutOf({ arguments: fields = {} }: Pick<Arguments, 'arguments'>): Subject {
	const { domain, login } = fields;
	return {
		...(domain !== undefined && { domain }),
		...(domain !== undefined && login !== undefined && { email: `${login}@${domain}` }),
	};
}
