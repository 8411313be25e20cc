import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { parseForm, readBody } from './body';
import { turnAway } from './busy';
import { Connections } from './connections';
import { deliver } from './deliver';
import { answerTo } from './dispatch';
import { Duplicates } from './duplicates';
import { parseCookies, parsePath, type Exchange } from './exchange';
import { answerOfFront } from './front';
import type { Hold } from './hold';
import type { Journal, JournalEntry } from './journal';
import { bytesOf } from './notHttp';
import type { Service } from './sessions';
import type { State } from './state';
import { defaultSwitches, type Switches } from './switches';
import { Workers } from './workers';

/** What all requests have in common. */
export interface World {
	state: State;
	journal: Journal;
	switches: Switches;
	hold: Hold;
}

/** Which service a listener serves: always the same, or what a request is for. */
export type Serves = Service | ((request: IncomingMessage) => Service);

/** Creates the request listeners of a server: one for each service, with one world behind them. */
export function createHandler(world: World): (serves: Serves) => RequestListener {
	const connections = new Connections();
	const workers = new Workers();
	const duplicates = new Duplicates();

	async function handle(
		service: Service,
		request: IncomingMessage,
		response: ServerResponse,
		closed: AbortSignal,
	): Promise<void> {
		const ended = journalUntil(world.journal, closed);
		const { id, requests } = connections.count(request.socket);
		const entry = await readEntry(world, service, request, id);
		world.journal.record(entry);
		const over = (): void => {
			entry.endedAt ||= world.state.clock.now();
			ended();
		};
		closed.addEventListener('abort', over);
		const exchange = createExchange(world, entry, request);
		// A page is what it is: the awkward worlds are about the API and the login.
		const awkward = ['execute', 'whm', 'login'].includes(exchange.target.kind);
		const switches = awkward ? exchange.switches : defaultSwitches();

		if (switches.neverAnswer) return;
		const keptTooLong = requests > 1 && switches.resetKeptConnection > 0;
		if (keptTooLong) world.switches.resetKeptConnection -= 1;
		if (keptTooLong || switches.reset === 'before-answer') {
			if (keptTooLong && switches.resetKeptAfterWork) answerTo(exchange);
			request.socket.destroy();
			return;
		}
		const turn = duplicates.arrived(request.socket);
		if (switches.notHttp !== null) {
			over();
			request.socket.end(bytesOf(switches.notHttp));
			return;
		}
		await world.hold.pass(closed);
		if (switches.delay > 0) await wait(switches.delay, undefined, { signal: closed });

		const turnedAway = turnAway(switches.busy, entry, world.journal, world.state.clock.now());
		if (turnedAway === undefined) {
			entry.waited = await workers.work(switches.workers, switches.serviceTime, closed);
		}
		const front = switches.front === null ? undefined : answerOfFront(switches.front);
		const answer = turnedAway ?? front ?? answerTo(exchange);
		if (switches.reset === 'after-work') {
			request.socket.destroy();
			return;
		}
		entry.status = answer.status;
		await turn;
		connections.keep(request.socket, response, switches);
		await deliver(response, answer, switches, closed, (body) => {
			duplicates.repeat(request.socket, response, switches.duplicate, body);
			over();
		});
	}

	return (serves) => (request, response) => {
		const service = typeof serves === 'function' ? serves(request) : serves;
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

async function readEntry(
	{ state, journal }: World,
	port: Service,
	request: IncomingMessage,
	connection: number,
): Promise<JournalEntry> {
	const at = state.clock.now();
	const { inFlight } = journal;
	const body = await readBody(request);
	const url = request.url ?? '/';
	const [, path = '/', query = ''] = /^([^?]*)\??(.*)$/.exec(url) ?? [];
	return {
		port,
		address: request.socket.localAddress ?? '',
		method: request.method ?? 'GET',
		path,
		query: Object.fromEntries(new URLSearchParams(query)),
		url,
		headers: request.headers,
		form: parseForm(body, request.headers['content-type']),
		rawBody: body.toString(),
		status: 0,
		endedAt: 0,
		waited: 0,
		connection,
		at,
		inFlight,
	};
}

function createExchange(
	{ state, switches }: World,
	entry: JournalEntry,
	request: IncomingMessage,
): Exchange {
	const meets = !switches.when || switches.when(entry);
	const met = meets ? { ...switches } : defaultSwitches();
	const { remoteAddress = '' } = request.socket;
	return {
		entry,
		switches: met,
		state,
		peer: met.publicAddresses[remoteAddress] ?? remoteAddress,
		...parsePath(entry.path),
		args: { ...entry.query, ...entry.form },
		cookies: parseCookies(request),
	};
}
