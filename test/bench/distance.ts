import { once } from 'node:events';
import { connect, createServer } from 'node:net';

interface Endpoint {
	host: string;
	port: number;
}

/**
 * Makes a server seem further away: listens at one end, and passes every byte on to the other one, later.
 *
 * @param oneWay milliseconds that a byte is under way, in either direction
 */
export async function putAtDistance(from: Endpoint, to: Endpoint, oneWay: number): Promise<void> {
	const later = (then: () => void): unknown => setTimeout(then, oneWay);
	const listener = createServer({ noDelay: true, pauseOnConnect: true }, (client) => {
		const server = connect({ ...to, noDelay: true });
		client.on('data', (data) => later(() => server.write(data)));
		server.on('data', (data) => later(() => client.write(data)));
		client.on('close', () => later(() => server.end()));
		server.on('close', () => later(() => client.end()));
		client.on('error', () => server.destroy());
		server.on('error', () => client.destroy());
		// a client may speak as soon as its connection stands, which takes the way there and back
		later(() => later(() => client.resume()));
	});
	listener.listen({ ...from, backlog: 4096 });
	await once(listener, 'listening');
}
