import { html, json, oldDenial, redirect, type Answer } from './answer';
import type { Exchange } from './exchange';
import { admit, type Caller } from './gate';
import { plainPage } from './pages';
import { echo } from './refusal';
import { transform } from './transform';
import { UapiError, type UapiFunction, type UapiModule } from './uapi';
import { domainInfoModule, emailModule, localeModule, variablesModule } from './uapi-account';
import { sessionModule } from './uapi-session';

const MODULES: Record<string, UapiModule> = {
	DomainInfo: domainInfoModule,
	Email: emailModule,
	Locale: localeModule,
	Session: sessionModule,
	Variables: variablesModule,
};

/** What the owner of a mailbox may call; the rest belongs to the account. */
const FOR_MAILBOXES = [
	'Locale/list_locales',
	'Session/create_temp_user',
	'Session/create_webmail_session_for_self',
	'Variables/get_user_information',
];

/** `/execute/Module/function`: the UAPI. */
export function execute(exchange: Exchange, module: string, name: string): Answer {
	const instead = insteadOf(exchange);
	if (instead) return instead;
	const caller = admit(exchange);
	endSessionAfterIts(caller, exchange);
	const envelope = callFunction(exchange, caller, decode(module), decode(name));
	return json(
		exchange.switches.envelope === 'nested'
			? { apiversion: 3, module, func: name, result: envelope }
			: envelope,
	);
}

/** The call is still answered; the next one meets a session that is over. */
function endSessionAfterIts({ session }: Caller, { switches }: Exchange): void {
	if (session?.opened !== 'password') return;
	session.calls += 1;
	session.ended ||= session.calls === switches.sessionEndsAfter;
}

/** The answer that the switches put in the place of a call, if any. */
export function insteadOf({ switches, entry }: Exchange): Answer | undefined {
	const { redirectTo, executeStatus, notJson, jsonText } = switches;
	if (redirectTo) return redirect(redirectTo.origin + entry.url, redirectTo.status);
	if (executeStatus !== null) return failure(executeStatus);
	if (switches.licensePage) {
		return html(plainPage('License is expired', 'The cPanel license of this server is expired.'));
	}
	if (notJson === 'text') return { ...json(null), body: 'Internal error, please try again.\n' };
	if (notJson === 'binary') return { ...json(null), body: Buffer.from([0, 255, 254, 1, 200, 7]) };
	if (jsonText !== null) return { ...json(null), body: jsonText };
	if (switches.notUapi !== undefined) return json(switches.notUapi);
	return undefined;
}

function failure(status: 403 | 404 | 500): Answer {
	switch (status) {
		case 403:
			return oldDenial('Access denied', status);
		case 404:
			return html(plainPage('Not Found', 'The server could not find this page.'), status);
		case 500:
			return html(plainPage('Internal Server Error', 'Something went wrong.'), status);
	}
}

/** Calls a function as somebody, and puts what comes out of it, or its failure, into the envelope. */
export function callFunction(
	exchange: Exchange,
	caller: Caller,
	module: string,
	name: string,
): Envelope {
	const { args, switches } = exchange;
	const { messages, warnings, alterData = (data: unknown) => data } = switches;
	let answer: Pick<Envelope, 'status' | 'data' | 'errors' | 'metadata'>;
	try {
		const call = { ...caller, exchange };
		const data = findFunction(exchange, caller, module, name)(call);
		const listed = Array.isArray(data)
			? transform(data as Record<string, unknown>[], args, switches)
			: { data, metadata: {} };
		const altered = alterData(listed.data, `${module}/${name}`);
		answer = { status: 1, errors: null, metadata: listed.metadata, data: altered };
	} catch (error) {
		// As on the real server, a call that fails is an HTTP request that succeeds.
		if (!(error instanceof UapiError)) throw error;
		const errors = [error.message + echo(exchange)];
		answer = { status: 0, errors, data: null, metadata: {} };
	}
	return dress({ messages, warnings, ...answer }, exchange);
}

export interface Envelope {
	status: number | string;
	data: unknown;
	errors: string[] | null;
	messages: string[] | null;
	warnings: string[] | null;
	metadata: Record<string, unknown>;
}

function dress(envelope: Envelope, { switches }: Exchange): Envelope {
	const { status } = envelope;
	return { ...envelope, status: switches.statusAsString ? String(status) : status };
}

function findFunction(
	{ switches }: Exchange,
	{ mailbox }: Caller,
	module: string,
	name: string,
): UapiFunction {
	const functions = ownValue(MODULES, module);
	if (!functions) {
		throw new UapiError(
			`Failed to load module “${module}”: Can't locate Cpanel/API/${module}.pm in @INC`,
		);
	}
	const found = ownValue(functions, name);
	if (!found) {
		throw new UapiError(
			`The system could not find the function “${name}” in the module “${module}”.`,
		);
	}
	const path = `${module}/${name}`;
	if (switches.featureOff.includes(module) || switches.featureOff.includes(path)) {
		throw new UapiError(`You do not have the feature “${path}”.`);
	}
	if (mailbox !== null && !FOR_MAILBOXES.includes(path)) throw new UapiError('Access denied');
	return found;
}

function ownValue<T>(record: Record<string, T>, key: string): T | undefined {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A part of a path, decoded; one that is no valid percent-encoding stays as it is. */
function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
