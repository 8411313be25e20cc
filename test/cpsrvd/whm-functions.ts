import type { Account } from './accounts';
import type { Exchange } from './exchange';
import { callFunction } from './execute';
import { mayActFor, type Reseller } from './resellers';
import { SESSION_MILLISECONDS } from './sessions';

/** One call of a WHM function: who calls it, and the request around it. */
export interface WhmCall {
	exchange: Exchange;
	reseller: Reseller;
}

/** What a WHM function gives back. */
export interface WhmResult {
	data: unknown;
	reason?: string;
	metadata?: Record<string, unknown>;
}

/** Thrown to answer `result: 0` with this reason. */
export class WhmError extends Error {}

/** What WHM says of itself. */
export const VERSION = '11.138.0.10';

/** The functions of WHM API 1, by name. */
export const WHM_FUNCTIONS: Record<string, (call: WhmCall) => WhmResult> = {
	version: () => ({ data: { version: VERSION } }),

	uapi_cpanel(call) {
		const { exchange } = call;
		const account = accountNamed(call, 'cpanel.user');
		const caller = { account, mailbox: null, session: null };
		const [module, name] = [required(call, 'cpanel.module'), required(call, 'cpanel.function')];
		return { data: { uapi: callFunction(exchange, caller, module, name) } };
	},

	getdomainowner(call) {
		const domain = required(call, 'domain');
		const account = call.exchange.state.accounts.ofDomain(domain);
		const known = account && mayActFor(call.reseller, account);
		if (!known && call.exchange.switches.unknownDomain === 'refused') {
			throw new WhmError(`The domain “${domain}” does not exist.`);
		}
		return { data: { user: known ? account.user : null } };
	},

	listaccts(call) {
		const rows = accountsOf(call).map(({ user, mainDomain, owner }) => ({
			user,
			domain: mainDomain,
			owner,
			plan: 'default',
			suspended: 0,
		}));
		return listed(call.exchange, rows);
	},

	create_user_session(call) {
		const { exchange } = call;
		const { state, peer, switches, entry } = exchange;
		const name = required(call, 'service');
		const service = Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;
		if (!service) throw new WhmError(`The service “${name}” is not known here.`);
		const { account, mailbox } = userOfSession(call, service);
		const session = state.sessions.create({
			service,
			account: account.user,
			mailbox,
			opened: 'api',
			address: peer,
			locale: exchange.args['locale'] || account.locale,
			tag: 'CREATE_USER_SESSION',
		});
		const host = switches.userSessionHost ?? entry.address;
		const port = state.ports[service];
		const query = `session=${encodeURIComponent(session.value)}`;
		return {
			data: {
				session: session.value,
				cp_security_token: session.token,
				url: `https://${host}:${port}${session.token}/login/?${query}`,
				service: name,
				expires: Math.round((state.clock.now() + SESSION_MILLISECONDS) / 1000),
			},
			reason: 'Created session',
		};
	},

	createacct(call) {
		const { state } = call.exchange;
		const [user, domain] = [required(call, 'username'), required(call, 'domain')];
		if (state.accounts.has(user)) {
			throw new WhmError(`This system already has an account named “${user}”.`);
		}
		const password = required(call, 'password');
		state.accounts.add({ user, password, mainDomain: domain, owner: call.reseller.user });
		return {
			data: { ip: '192.0.2.1', nameserver: 'ns1.example.net', package: 'default' },
			reason: 'Account Creation Ok',
		};
	},
};

/** The services for which WHM makes sessions here. */
const SERVICES: Record<string, 'cpanel' | 'webmail'> = { cpaneld: 'cpanel', webmaild: 'webmail' };

/** Whose session it becomes: an account's, or, in Webmail, that of the mailbox with this address. */
function userOfSession(
	call: WhmCall,
	service: 'cpanel' | 'webmail',
): { account: Account; mailbox: string | null } {
	const user = required(call, 'user');
	if (service === 'cpanel' || !user.includes('@')) {
		return { account: accountNamed(call, 'user'), mailbox: null };
	}
	const account = accountsOf(call).find(({ mailboxes }) => Object.hasOwn(mailboxes, user));
	if (!account) throw new WhmError(`You do not have access to an account named “${user}”.`);
	return { account, mailbox: user };
}

function accountsOf({ exchange, reseller }: WhmCall): Account[] {
	return [...exchange.state.accounts.values()].filter((account) => mayActFor(reseller, account));
}

function accountNamed(call: WhmCall, argument: string): Account {
	const user = required(call, argument);
	const account = accountsOf(call).find((each) => each.user === user);
	if (!account) throw new WhmError(`You do not have access to an account named “${user}”.`);
	return account;
}

function required({ exchange }: WhmCall, name: string): string {
	const value = exchange.args[name];
	if (!value) throw new WhmError(`Provide the “${name}” argument.`);
	return value;
}

/** Applies what every WHM function with a list understands: columns, filter, order and part. */
function listed(
	{ args, switches }: Exchange,
	rows: Array<Record<string, string | number>>,
): WhmResult {
	const wanted = args['want']?.split(',');
	const columns = rows.map((row) =>
		Object.fromEntries(
			Object.entries(row).filter(([name]) => wanted === undefined || wanted.includes(name)),
		),
	);
	if (switches.ignorePaging) return { data: { acct: columns } };
	const found = columns.filter((row) => matches(row, args));
	const key = args['api.sort.enable'] === '1' ? args['api.sort.a.field'] : undefined;
	const direction = args['api.sort.a.reverse'] === '1' ? 1 : -1;
	const sorted =
		key === undefined
			? found
			: [...found].sort((one, other) =>
					String(one[key]) < String(other[key]) ? direction : -direction,
				);
	const filter = args['api.filter.verbose'] === '1' && { filter: { filtered: rows.length } };
	if (args['api.chunk.enable'] !== '1') return { data: { acct: sorted }, metadata: { ...filter } };
	const asked = Number(args['api.chunk.start'] ?? 1);
	const start = Math.max(asked, 1);
	// A start of -1 asks for everything.
	const size = asked > 0 ? Number(args['api.chunk.size'] ?? 10) : Math.max(sorted.length, 1);
	const part = sorted.slice(start - 1, start - 1 + size);
	const isTold = args['api.chunk.verbose'] === '1';
	if (!isTold || switches.pagingUntold) return { data: { acct: part }, metadata: { ...filter } };
	const chunk = {
		start,
		size,
		current: Math.ceil(start / size),
		chunks: Math.ceil(sorted.length / size),
		records: sorted.length,
	};
	return { data: { acct: part }, metadata: { ...filter, chunk } };
}

function matches(row: Record<string, string | number>, args: Record<string, string>): boolean {
	if (args['api.filter.enable'] !== '1') return true;
	const field = args['api.filter.a.field'] ?? '*';
	const term = (args['api.filter.a.arg0'] ?? '').toLowerCase();
	const values = field === '*' ? Object.values(row) : [row[field] ?? ''];
	return values.some((value) => String(value).toLowerCase().includes(term));
}
