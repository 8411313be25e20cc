import { json, whmFailure, type Answer } from './answer';
import type { Exchange } from './exchange';
import { insteadOf } from './execute';
import { admitReseller } from './gate';
import { callOldApi, OLD_API } from './oldApi';
import { echo } from './refusal';
import type { Reseller } from './resellers';
import { VERSION, WhmError, WHM_FUNCTIONS, type WhmResult } from './whm-functions';

/** `/json-api/function`: the functions of WHM, in API 1 or API 0, and those of cPanel through its oldest API. */
export function whm(exchange: Exchange, name: string): Answer {
	const instead = insteadOf(exchange);
	if (instead) return instead;
	if (name === OLD_API) return callOldApi(exchange);
	const reseller = admitReseller(exchange);
	const { switches, args } = exchange;
	const isApi1 = args['api.version'] === '1';
	if (name === 'version' && switches.versionAs === 'cpanelresult') {
		return json({ cpanelresult: { apiversion: '2', data: { version: VERSION }, type: 'text' } });
	}
	try {
		const result = call(exchange, reseller, name);
		return isApi1 ? inApi1(name, result) : json(inApi0(name, result));
	} catch (error) {
		if (!(error instanceof WhmError)) throw error;
		const reason = error.message + echo(exchange);
		if (!isApi1) return json(failureInApi0(name, reason));
		return whmFailure(name, reason);
	}
}

function call(exchange: Exchange, reseller: Reseller, name: string): WhmResult {
	const found = Object.hasOwn(WHM_FUNCTIONS, name) ? WHM_FUNCTIONS[name] : undefined;
	if (!found) throw new WhmError(`Unknown app (“${name}”) requested.`);
	const result = found({ exchange, reseller });
	const { alterData } = exchange.switches;
	return alterData ? { ...result, data: alterData(result.data, name) } : result;
}

function inApi1(command: string, { data, reason = 'OK', metadata }: WhmResult): Answer {
	return json({ metadata: { command, reason, result: 1, version: 1, ...metadata }, data });
}

function failureInApi0(name: string, reason: string): unknown {
	return Object.hasOwn(WHM_FUNCTIONS, name)
		? { result: [{ status: 0, statusmsg: reason }] }
		: { error: `Unknown App Requested: ${name}` };
}

/** The form that a call without a version gets: that of each function is its own. */
function inApi0(name: string, { data, reason = 'Ok' }: WhmResult): unknown {
	const fields = typeof data === 'object' ? data : {};
	switch (name) {
		case 'version':
			return data;
		case 'listaccts':
			return { status: 1, statusmsg: 'Ok', ...fields };
		default:
			return { result: [{ status: 1, statusmsg: reason, ...fields }] };
	}
}
