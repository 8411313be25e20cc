import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands in front of a site and changes what goes through, as CDNs, gateways and hotel networks do. */
export interface RewritingProxy {
	/** The address of something behind it, from in front. */
	addressOf(url: string): string;
	stop(): Promise<void>;
}

/** What is put into every page. */
export const INJECTED = `<script>document.forms[0]&&document.forms[0].remove()</script><div style="position:fixed">Free network</div>`;

/** Statuses whose body Cloudflare replaces by a page of its own, whatever the plan but the largest. */
const isReplaced = (status: number): boolean =>
	status === 502 || status === 504 || (status >= 520 && status <= 530);

/**
 * @param obeys whether it leaves alone what says `no-transform`; some do not ask
 */
export async function startRewritingProxy(
	target: string,
	{ obeys }: { obeys: boolean },
): Promise<RewritingProxy> {
	const { origin } = new URL(target);

	async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const forwarded = request(`${origin}${incoming.url ?? ''}`, {
			method: incoming.method,
			headers: { ...incoming.headers, 'accept-encoding': 'identity' },
			agent: false,
		});
		incoming.pipe(forwarded);
		const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
		const chunks: Buffer[] = [];
		for await (const chunk of answer) chunks.push(chunk as Buffer);
		const status = answer.statusCode ?? 0;
		const { ...headers } = answer.headers;
		delete headers['content-length'];
		delete headers['transfer-encoding'];
		const mayChange = !(obeys && /\bno-transform\b/.test(String(headers['cache-control'])));
		const page = Buffer.concat(chunks).toString('utf8');
		const body = isReplaced(status) ? '<h1>Bad gateway</h1>' : mayChange ? rewritten(page) : page;
		response.writeHead(status, headers).end(incoming.method === 'HEAD' ? undefined : body);
	}

	const server = createServer((incoming, response) => {
		pass(incoming, response).catch(() => response.destroy());
	});
	server.keepAliveTimeout = 0;
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		addressOf: (url) => url.replace(origin, `http://127.0.0.1:${port}`),
		async stop() {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

/** As Cloudflare hides what looks like an address in a page, and as others add what is theirs to it. */
function rewritten(page: string): string {
	return page
		.replace(
			/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
			'<a href="/cdn-cgi/l/email-protection">[email&#160;protected]</a>',
		)
		.replace('<body>', `<body>${INJECTED}`);
}
