/*
 * Shows the two nodes at work on any machine: the built package in n8n's engine, against a stand-in for
 * cPanel. `npm run demo -- --serve` stays up and lets a person log in with a browser.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeParameters } from 'n8n-workflow';
import { Agent, request } from 'undici';

import { SEED, startCpsrvd } from '../cpsrvd';
import type { Cpsrvd } from '../cpsrvd';
import { runChain } from '../engine/engine';

const PEOPLE = ['anna', 'ben', 'carol'];

/** The texts of an output item. */
type Texts = Record<string, string>;

/** Runs items through cPanel Session and cPanel Webmail Login, and returns the output of both. */
async function sessionAndLogin(
	server: Cpsrvd,
	people: string[],
	login: INodeParameters,
): Promise<Array<{ session: Texts; login: Texts }>> {
	const { output, thrown } = await runChain({
		nodesFrom: 'build',
		items: people.map((mailbox) => ({ mailbox })),
		credential: {
			server: server.address,
			username: 'alice',
			authentication: 'apiToken',
			apiToken: SEED.alice.apiToken,
			allowUnauthorizedCerts: true,
		},
		steps: [
			{
				type: 'cpanelSession',
				parameters: {
					domain: { __rl: true, mode: 'name', value: 'example.com' },
					login: { __rl: true, mode: 'name', value: '={{ $json.mailbox }}' },
				},
			},
			{ type: 'cpanelWebmailLogin', parameters: login },
		],
	});
	if (thrown[0] !== undefined) throw thrown[0];
	const logins = output(1) ?? [];
	return (output(0) ?? []).map(({ json }, index) => ({
		session: json as Texts,
		login: (logins[index]?.json ?? {}) as Texts,
	}));
}

/** Opens a page as a browser with this cookie would, and returns its title. */
async function titleOf(url: string, cookie: string): Promise<string> {
	const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
	try {
		const response = await request(url, { dispatcher, headers: { cookie } });
		const body = await response.body.text();
		if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode}`);
		return /<title>(.*?)<\/title>/.exec(body)?.[1] ?? 'a page without a title';
	} finally {
		await dispatcher.close();
	}
}

function say(...lines: string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}

async function show(server: Cpsrvd): Promise<void> {
	say(
		'',
		`A stand-in for cPanel is at ${server.cpanelOrigin}, its Webmail at ${server.webmailOrigin}.`,
		'Nothing leaves this machine.',
		'',
		'cPanel Session → cPanel Webmail Login (Create Link), for three mailboxes:',
	);
	const links = await sessionAndLogin(server, PEOPLE, { operation: 'createLink' });
	for (const { session, login } of links) {
		say(`  ${session.email?.padEnd(18)} ${login.url}`);
	}

	say('', 'cPanel Session → cPanel Webmail Login (Log In), for one of them:');
	const [first] = await sessionAndLogin(server, PEOPLE.slice(0, 1), {
		operation: 'logIn',
		options: { allowUnauthorizedCerts: true },
	});
	const { url = '', cookie = '', loggedIn } = first?.login ?? {};
	const cookies = cookie.split('; ').map((pair) => pair.split('=')[0]);
	say(
		`  logged in          ${loggedIn}`,
		`  landing page       ${url}`,
		`  cookies            ${cookies.join(', ')}`,
		`  opened with them   “${await titleOf(url, cookie)}”`,
		'',
		`cPanel received ${server.journal.entries.length} requests, and nobody typed a password.`,
	);
}

/** A page for people with a browser: each visit gets a session of its own. */
async function serve(server: Cpsrvd): Promise<void> {
	const pages = createServer((_, response) => {
		sessionAndLogin(server, ['anna'], { operation: 'createPage', method: 'get' }).then(
			([page]) => {
				response.setHeader('content-type', 'text/html; charset=utf-8');
				response.end(page?.login.html);
			},
			(error: Error) => {
				response.statusCode = 500;
				response.end(error.message);
			},
		);
	});
	await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
	const { port } = pages.address() as AddressInfo;
	say(
		'',
		`Open http://127.0.0.1:${port}/ in a browser: it logs you in to anna@example.com.`,
		'The stand-in signed its certificate itself, so the browser asks once whether you trust it.',
		'Ctrl+C ends this.',
	);
	await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
	pages.closeAllConnections();
	pages.close();
}

async function main(): Promise<void> {
	const serves = process.argv.includes('--serve');
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		// an end like any other, so that nothing is left behind
		if (!serves) process.once(signal, () => process.exit(1));
	}
	// n8n's HTTP client names the server in TLS even where it is an address, and node warns about that
	Object.assign(process, { noDeprecation: true });
	const server = await startCpsrvd();
	try {
		await show(server);
		if (serves) await serve(server);
	} finally {
		await server.stop();
	}
}

main().then(
	// n8n's engine leaves a timer behind
	() => process.exit(0),
	(error: Error) => {
		process.stderr.write(`${error.stack ?? error.message}\n`);
		process.exit(1);
	},
);
