import { json, type Answer } from './answer';
import type { Exchange } from './exchange';
import { insteadOf } from './execute';
import { admitReseller } from './gate';
import { echo } from './refusal';
import { WhmError, WHM_FUNCTIONS } from './whm-functions';

/** `/json-api/function`: WHM API 1. */
export function whm(exchange: Exchange, name: string): Answer {
	const instead = insteadOf(exchange);
	if (instead) return instead;
	const reseller = admitReseller(exchange);
	try {
		const found = Object.hasOwn(WHM_FUNCTIONS, name) ? WHM_FUNCTIONS[name] : undefined;
		if (!found) throw new WhmError(`Unknown app (“${name}”) requested.`);
		const { data, reason = 'OK', metadata } = found({ exchange, reseller });
		return json({ metadata: { command: name, reason, result: 1, version: 1, ...metadata }, data });
	} catch (error) {
		if (!(error instanceof WhmError)) throw error;
		const reason = error.message + echo(exchange);
		return json({ metadata: { command: name, reason, result: 0, version: 1 } });
	}
}
