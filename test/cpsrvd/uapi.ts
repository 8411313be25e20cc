import type { Account } from './accounts';
import type { Exchange } from './exchange';
import type { Caller } from './gate';

/** One call of a UAPI function: who calls it, and the request around it. */
export interface Call extends Caller {
	exchange: Exchange;
}

/** What a UAPI function gives back becomes `data`; it throws a `UapiError` to fail. */
export type UapiFunction = (call: Call) => unknown;

/** The functions of one UAPI module, by name. */
export type UapiModule = Record<string, UapiFunction>;

/** Thrown to answer `status: 0` with this text. */
export class UapiError extends Error {}

/** An argument that a function cannot do without. */
export function required({ exchange }: Call, name: string): string {
	const value = exchange.args[name];
	if (!value) throw new UapiError(`Provide the ‘${name}’ argument.`);
	return value;
}

/** The caller as it signs in: the full address of a mailbox, or the name of an account. */
export function nameOf({ account, mailbox }: { account: Account; mailbox: string | null }): string {
	return mailbox ?? account.user;
}
