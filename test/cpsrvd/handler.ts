import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { parseForm, readBody } from './body';
import { deliver } from './deliver';
import { answerTo } from './dispatch';
import { parseCookies, parsePath, type Exchange } from './exchange';
import type { Journal, JournalEntry } from './journal';
import type { Service } from './sessions';
import type { State } from './state';
import { defaultSwitches, type Switches } from './switches';

/** What all requests have in common. */
export interface World {
	state: State;
	journal: Journal;
	switches: Switches;
}

/** Creates the request listeners of a server: one for each service, with one world behind them. */
export function createHandler(world: World): (service: Service) => RequestListener {
	const connections = new Connections();
	let answers = 0;

	async function handle(
		service: Service,
		request: IncomingMessage,
		response: ServerResponse,
		closed: AbortSignal,
	): Promise<void> {
		const over = journalUntil(world.journal, closed);
		const { id, requests } = connections.count(request.socket);
		const entry = await readEntry(world, service, request, id);
		world.journal.record(entry);
		const finishing = (): void => {
			entry.endedAt ||= world.state.clock.now();
			over();
		};
		closed.addEventListener('abort', finishing);
		const exchange = createExchange(world, entry, request);
		// A page is what it is: the awkward worlds are about the API and the login.
		const awkward = exchange.target.kind === 'execute' || exchange.target.kind === 'login';
		const switches = awkward ? exchange.switches : defaultSwitches();

		if (switches.neverAnswer) return;
		const keptTooLong = requests > 1 && switches.resetKeptConnection > 0;
		if (keptTooLong) world.switches.resetKeptConnection -= 1;
		if (keptTooLong || switches.reset === 'before-answer') {
			request.socket.destroy();
			return;
		}
		if (switches.delay > 0) await wait(switches.delay, undefined, { signal: closed });

		const answer = answerTo(exchange);
		entry.status = answer.status;
		answers += 1;
		if (switches.connectionClose > 0 && answers % switches.connectionClose === 0) {
			response.setHeader('Connection', 'close');
		}
		await deliver(response, answer, switches, closed, finishing);
	}

	return (service) => (request, response) => {
		const closing = new AbortController();
		response.once('close', () => closing.abort());
		handle(service, request, response, closing.signal).catch((error: unknown) => {
			if (closing.signal.aborted) return;
			// A defect of the stand-in, or of a test's `when`: say so where the test will look.
			if (!response.headersSent) response.writeHead(500);
			response.end(`cpsrvd stand-in: ${error instanceof Error ? error.stack : String(error)}`);
		});
	};
}

/** Counts a request as under way, until it is said to be over or its connection closes. */
function journalUntil(journal: Journal, closed: AbortSignal): () => void {
	let underWay = true;
	const over = (): void => {
		if (underWay) journal.ended();
		underWay = false;
	};
	journal.began();
	closed.addEventListener('abort', over);
	return over;
}

/** Numbers the connections, and counts the requests of each. */
class Connections {
	private readonly known = new WeakMap<Socket, { id: number; requests: number }>();
	private last = 0;

	count(socket: Socket): { id: number; requests: number } {
		const connection = this.known.get(socket) ?? { id: (this.last += 1), requests: 0 };
		connection.requests += 1;
		this.known.set(socket, connection);
		return { ...connection };
	}
}

async function readEntry(
	{ state }: World,
	port: Service,
	request: IncomingMessage,
	connection: number,
): Promise<JournalEntry> {
	const at = state.clock.now();
	const body = await readBody(request);
	const url = request.url ?? '/';
	const [, path = '/', query = ''] = /^([^?]*)\??(.*)$/.exec(url) ?? [];
	return {
		port,
		method: request.method ?? 'GET',
		path,
		query: Object.fromEntries(new URLSearchParams(query)),
		url,
		headers: request.headers,
		form: parseForm(body, request.headers['content-type']),
		rawBody: body.toString(),
		status: 0,
		endedAt: 0,
		connection,
		at,
	};
}

function createExchange(
	{ state, switches }: World,
	entry: JournalEntry,
	request: IncomingMessage,
): Exchange {
	const meets = !switches.when || switches.when(entry);
	return {
		entry,
		switches: meets ? { ...switches } : defaultSwitches(),
		state,
		peer: request.socket.remoteAddress ?? '',
		...parsePath(entry.path),
		args: { ...entry.query, ...entry.form },
		cookies: parseCookies(request),
	};
}
