import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What n8n 2.40 puts on the HTML that a webhook answers with. */
export const WEBHOOK_POLICY =
	'sandbox allow-downloads allow-forms allow-modals allow-orientation-lock allow-pointer-lock ' +
	'allow-popups allow-popups-to-escape-sandbox allow-presentation allow-scripts ' +
	'allow-top-navigation-by-user-activation allow-top-navigation-to-custom-protocols';

/** Serves one page at a time from a site of its own, under the headers of n8n's webhooks. */
export interface PageServer {
	/** For instance `http://localhost:43210/`: another site than any address of 127.0.0.0/8. */
	readonly url: string;
	/** What is served from now on. */
	html: string;
	stop(): Promise<void>;
}

/** Starts a server for pages on a free port of `localhost`. */
export async function startPageServer(): Promise<PageServer> {
	const server = createServer((request, response) => {
		if (request.url !== '/') {
			response.writeHead(204).end();
			return;
		}
		response.writeHead(200, {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': WEBHOOK_POLICY,
		});
		response.end(pages.html);
	});
	server.listen(0, 'localhost');
	await once(server, 'listening');
	const pages: PageServer = {
		url: `http://localhost:${(server.address() as AddressInfo).port}/`,
		html: '',
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return pages;
}
