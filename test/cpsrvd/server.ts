import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { Account, AccountSeed } from './accounts';
import { createCertificate } from './certificate';
import type { Clock } from './clock';
import { createHandler } from './handler';
import { Hold } from './hold';
import { Journal } from './journal';
import { listenTogether, portOf, stopListening } from './listeners';
import { State } from './state';
import { serviceBehind } from './subdomains';
import { defaultSwitches, resetSwitches, type Switches } from './switches';

/** Where the server listens, and under which names. */
export interface CpsrvdOptions {
	/** The loopback address; a free random one unless given. */
	address?: string;
	/** 2083 unless given; 0 for any free port. */
	cpanelPort?: number;
	/** 2096 unless given; 0 for any free port. */
	webmailPort?: number;
	/** 2087 unless given; 0 for any free port. */
	whmPort?: number;
	/**
	 * The port of a web server that serves all three under the names `cpanel.…`, `webmail.…` and `whm.…`, and by
	 * any other name what a request is for; 0 for any free port. None listens unless given.
	 */
	subdomainPort?: number;
	/** Whether a linked mail node listens for Webmail at an address of its own, on the same port. */
	mailNode?: boolean;
	/** More DNS names for the certificate, besides `localhost` and the address. */
	hostnames?: string[];
	/** How many connections may wait to be accepted; 511 unless given. */
	backlog?: number;
	/** The versions of TLS and the ciphers; those of Node.js unless given. */
	tls?: Pick<SecureContextOptions, 'minVersion' | 'maxVersion' | 'ciphers'>;
}

/** For a server that speaks TLS 1.1 and nothing newer, as old ones do. */
export const OLD_TLS: CpsrvdOptions['tls'] = {
	minVersion: 'TLSv1.1',
	maxVersion: 'TLSv1.1',
	// the rest of OpenSSL regards those versions as broken and offers no cipher for them
	ciphers: 'DEFAULT@SECLEVEL=0',
};

/** A running server. */
export interface Cpsrvd {
	readonly address: string;
	readonly cpanelPort: number;
	readonly webmailPort: number;
	readonly whmPort: number;
	/** PEM; signed by itself, so it serves as its own authority. */
	readonly certificate: string;
	/** For instance `https://127.1.2.3:2083`. */
	readonly cpanelOrigin: string;
	/** For instance `https://127.1.2.3:2096`. */
	readonly webmailOrigin: string;
	/** For instance `https://127.1.2.3:2087`. */
	readonly whmOrigin: string;
	/** For instance `https://127.1.2.3:443`, where a web server stands in front. */
	readonly subdomainOrigin: string | undefined;
	/** The address of the linked mail node, if there is one; the server names it if a switch says so. */
	readonly mailNodeAddress: string | undefined;
	/** The awkward worlds; change them at any time. */
	readonly switches: Switches;
	/** Holds answers back until so many requests have come. */
	readonly hold: Hold;
	/** The accounts and sessions. */
	readonly state: State;
	/** Everything received, in order. */
	readonly journal: Journal;
	/** The clock by which sessions and locks end. */
	readonly clock: Clock;
	/** Adds an account, or replaces the one of the same name. */
	addAccount(account: AccountSeed): Account;
	/** Whether a user, a mailbox or a peer address is locked out at the moment. */
	locked(nameOrAddress: string): boolean;
	/** Back to a new server at the same address: no switch, request, session or lock survives. */
	reset(): void;
	/** Closes all listeners and every connection. */
	stop(): Promise<void>;
}

/** Starts a stand-in for `cpsrvd` that listens for cPanel, Webmail and WHM. */
export async function startCpsrvd(options: CpsrvdOptions = {}): Promise<Cpsrvd> {
	const state = new State();
	const journal = new Journal();
	const switches = defaultSwitches();
	const hold = new Hold();
	const handler = createHandler({ state, journal, switches, hold });
	const cpanel = createServer(handler('cpanel'));
	const webmail = createServer(handler('webmail'));
	const whm = createServer(handler('whm'));
	const mailNode = options.mailNode ? createServer(handler('webmail')) : undefined;
	const { subdomainPort } = options;
	const front =
		subdomainPort === undefined ? undefined : createServer(handler(serviceBehind(state)));
	const servers = [cpanel, webmail, whm, mailNode, front].filter((server) => server !== undefined);
	const sockets = trackSockets(servers, journal);

	const address = await listenTogether(
		[
			{ server: cpanel, port: options.cpanelPort ?? 2083, backlog: options.backlog },
			{ server: webmail, port: options.webmailPort ?? 2096, backlog: options.backlog },
			{ server: whm, port: options.whmPort ?? 2087, backlog: options.backlog },
			...(front ? [{ server: front, port: subdomainPort ?? 0, backlog: options.backlog }] : []),
		],
		options.address,
	);
	const webmailPort = portOf(webmail);
	const mailNodeAddress =
		mailNode && (await listenTogether([{ server: mailNode, port: webmailPort }]));
	// The certificate names the addresses, which were not known before.
	const certificate = await createCertificate(
		mailNodeAddress === undefined ? [address] : [address, mailNodeAddress],
		['localhost', ...(options.hostnames ?? [])],
	);
	for (const server of servers) server.setSecureContext({ ...certificate, ...options.tls });

	const cpanelPort = portOf(cpanel);
	const whmPort = portOf(whm);
	Object.assign(state.ports, { cpanel: cpanelPort, webmail: webmailPort });
	return {
		address,
		cpanelPort,
		webmailPort,
		whmPort,
		certificate: certificate.cert,
		cpanelOrigin: `https://${address}:${cpanelPort}`,
		webmailOrigin: `https://${address}:${webmailPort}`,
		whmOrigin: `https://${address}:${whmPort}`,
		subdomainOrigin: front && `https://${address}:${portOf(front)}`,
		mailNodeAddress,
		switches,
		hold,
		state,
		journal,
		clock: state.clock,
		addAccount: (account) => state.accounts.add(account),
		locked: (nameOrAddress) => state.lockout.locked(nameOrAddress),
		reset() {
			resetSwitches(switches);
			hold.lift();
			state.reset();
			journal.clear();
		},
		async stop() {
			const stopped = servers.map(stopListening);
			for (const socket of sockets) socket.destroy();
			await Promise.all(stopped);
		},
	};
}

/** The open connections, kept up to date; the journal counts them and their handshakes. */
function trackSockets(servers: Server[], journal: Journal): Set<Socket> {
	const sockets = new Set<Socket>();
	for (const server of servers) {
		server.on('connection', (socket: Socket) => {
			sockets.add(socket);
			journal.opened();
			socket.once('close', () => {
				sockets.delete(socket);
				journal.closed();
			});
		});
		server.on('secureConnection', () => journal.connected());
	}
	return sockets;
}
