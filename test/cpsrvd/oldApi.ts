import { json, type Answer } from './answer';
import type { Exchange } from './exchange';
import { callFunction } from './execute';
import { admit, admitReseller, type Caller } from './gate';
import { mayActFor } from './resellers';

/** The name of the function through which the oldest API is called. */
export const OLD_API = 'cpanel';

/** What functions of API 2 are called in UAPI. */
const IN_UAPI: Record<string, string> = {
	'Email/addpop': 'add_pop',
	'Email/listpops': 'list_pops',
	'Email/listpopswithdisk': 'list_pops_with_disk',
};

/**
 * `/json-api/cpanel`: a function of API 2 or of UAPI (as API 3), called by an account for itself, or through WHM
 * for an account.
 */
export function callOldApi(exchange: Exchange): Answer {
	const { args, entry } = exchange;
	const caller = entry.port === 'whm' ? callerThroughWhm(exchange) : admit(exchange);
	if (!caller) return json(invalidUser());
	const module = args['cpanel_jsonapi_module'] ?? '';
	const func = args['cpanel_jsonapi_func'] ?? '';
	if (args['cpanel_jsonapi_apiversion'] === '3') {
		const result = callFunction(exchange, caller, module, func);
		return json({ module, func, apiversion: 3, result });
	}
	const name = IN_UAPI[`${module}/${func}`];
	const base = { apiversion: 2, module, func };
	if (name === undefined) {
		const error = `Could not find function “${func}” in module “${module}”`;
		return json({ cpanelresult: { ...base, error, data: null } });
	}
	const { status, data, errors } = callFunction(exchange, caller, module, name);
	const error = Number(status) === 1 ? {} : { error: [errors].flat().join(' ') };
	const list = Array.isArray(data) ? data : [data];
	const event = { result: Number(status) };
	return json({ cpanelresult: { ...base, ...error, data: list, event } });
}

function callerThroughWhm(exchange: Exchange): Caller | undefined {
	const reseller = admitReseller(exchange);
	const account = exchange.state.accounts.get(exchange.args['cpanel_jsonapi_user'] ?? '');
	if (!account || !mayActFor(reseller, account)) return undefined;
	return { account, mailbox: null, session: null };
}

function invalidUser(): unknown {
	const reason = 'User parameter is invalid or was not supplied';
	return { data: { reason, result: '0' }, type: 'text', error: reason };
}
