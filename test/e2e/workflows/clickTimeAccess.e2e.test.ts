import { forgotten, PRUNES_AT_ONCE } from '../harness/executions';
import { linkIn, startMailServer, type MailServer } from '../harness/mailServer';
import { startForwarder, startProxy, type Relay } from '../harness/network';
import { leaks } from '../harness/secrets';
import { encodePart, signToken } from '../harness/token';
import { Visitor } from '../harness/visitor';
import { waitFor } from '../harness/wait';
import { exampleWorkflow } from '../harness/workflowFile';
import { aliceAt, startWorld, type World } from '../harness/world';

const N8N_ADDRESS = '127.9.9.9';
const VISITOR_ADDRESS = '127.7.7.7';
const SECRET = 'the secret that signs the links';
const SESSION_FUNCTION = '/execute/Session/create_webmail_session_for_mail_user';

let world: World;
let mailServer: MailServer;
let forwarder: Relay;
let proxy: Relay;
let visitor: Visitor;
/** The link that Anna got by mail. */
let link: string;

beforeAll(async () => {
	mailServer = await startMailServer();
	world = await startWorld({ env: PRUNES_AT_ONCE });
	const { n8n, server } = world;
	proxy = await startProxy(n8n.origin);
	// n8n and its visitors are on different networks, and so are the sessions they may use
	forwarder = await startForwarder({ host: server.address, port: server.cpanelPort }, N8N_ADDRESS);
	visitor = new Visitor(VISITOR_ADDRESS, server.certificate);

	const far = aliceAt(`localhost:${forwarder.port}`);
	const credentials = [
		await n8n.createCredential('cpanelApi', 'cPanel elsewhere', far),
		await n8n.createCredential('smtp', 'SMTP account', mailServer.credential),
		await n8n.createCredential('jwtAuth', 'Webmail links', {
			keyType: 'passphrase',
			secret: SECRET,
			algorithm: 'HS256',
		}),
	];
	const example = exampleWorkflow('click-time-access.json');
	const workflow = await n8n.importWorkflow(example, {
		credentials,
		replacements: { 'https://n8n.example.com': `http://127.0.0.1:${proxy.port}` },
	});
	await n8n.activate(workflow);
	const execution = await n8n.run(workflow);
	expect(execution).toMatchObject({ status: 'success', error: undefined });
	link = linkIn(mailServer.mails[0]);
});

beforeEach(() => {
	world.server.reset();
	// the server names itself: what n8n connects to is only the way there
	world.server.switches.hostname = world.server.address;
});

afterAll(async () => {
	await visitor?.leave();
	await Promise.all([proxy?.stop(), forwarder?.stop()]);
	await world?.stop();
	await mailServer?.stop();
});

function ticketIn(url: string): string {
	return new URL(url).searchParams.get('ticket') ?? '';
}

/** The link with another ticket in it. */
function linkWith(ticket: string): string {
	const url = new URL(link);
	url.searchParams.set('ticket', ticket);
	return url.href;
}

function inSeconds(seconds: number): number {
	return Math.floor(Date.now() / 1000) + seconds;
}

describe('the link in the mail', () => {
	test('goes to n8n, carries no session, and expires', () => {
		const url = new URL(link);
		const [, claims = ''] = ticketIn(link).split('.');
		const { exp, ...others } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as {
			exp: number;
		};

		expect(url.pathname).toBe('/webhook/open-my-webmail');
		expect(others).toMatchObject({ aud: 'open-my-webmail', sub: 'anna@example.com' });
		expect(exp).toBeGreaterThan(inSeconds(6.9 * 24 * 3600));
		expect(exp).toBeLessThanOrEqual(inSeconds(7 * 24 * 3600));
		expect(mailServer.mails).toHaveLength(2);
	});

	test('opens the mailbox with every click, by a session for the visitor', async () => {
		for (let click = 0; click < 2; click += 1) {
			const page = await visitor.open(link);
			expect(page).toMatchObject({
				status: 200,
				headers: {
					'content-type': expect.stringContaining('text/html'),
					'cache-control': 'no-store',
					'content-security-policy': expect.stringContaining('sandbox'),
				},
			});
			expect(await visitor.submit(page)).toMatchObject({
				status: 200,
				title: 'Webmail - anna@example.com',
			});
		}
		const created = world.server.journal.entries.filter(({ path }) => path === SESSION_FUNCTION);
		expect(created.map(({ query }) => query['remote_address'])).toEqual([
			VISITOR_ADDRESS,
			VISITOR_ADDRESS,
		]);
	});

	test('opens nothing without the address of the visitor, where cPanel is strict', async () => {
		const direct = link.replace(`127.0.0.1:${proxy.port}`, new URL(world.n8n.origin).host);

		const refused = await visitor.submit(await visitor.open(direct));

		expect(refused).toMatchObject({ status: 401, title: 'Webmail Login' });
		expect(refused.body).toContain('Your IP address has changed');
		expect(world.server.journal.entries[0]?.query['remote_address']).toBeUndefined();
	});

	test('leaves no execution behind', async () => {
		const [newest] = (await world.n8n.executions()).slice(-1);
		await visitor.open(link);
		await forgotten(world.n8n.database, newest?.id);
		expect(await leaks(world.n8n, [SECRET])).toEqual([]);
	});
});

describe('a link that is not in order', () => {
	const claims = { aud: 'open-my-webmail', sub: 'anna@example.com' };

	test.each([
		['forged', 403, () => signToken({ ...claims, exp: inSeconds(60) }, 'another secret')],
		[
			'altered',
			403,
			() => {
				const [head, , signature] = ticketIn(link).split('.');
				const other = { ...claims, sub: 'ben@example.com', exp: inSeconds(60) };
				return [head, encodePart(other), signature].join('.');
			},
		],
		[
			'without a signature',
			403,
			() => `${encodePart({ alg: 'none' })}.${encodePart({ ...claims, exp: inSeconds(60) })}.`,
		],
		['expired', 410, () => signToken({ ...claims, exp: inSeconds(-1) }, SECRET)],
		[
			'for another purpose',
			403,
			() => signToken({ ...claims, aud: 'something else', exp: inSeconds(60) }, SECRET),
		],
		['empty', 403, () => ''],
	])('%s: a plain page, and cPanel is not asked', async (_, status, ticket) => {
		expect(await visitor.open(linkWith(ticket()))).toMatchObject({
			status,
			title: 'This link does not work',
			headers: { 'content-type': expect.stringContaining('text/html') },
		});
		expect(world.server.journal.entries).toEqual([]);
	});
});

test('a refusal by cPanel shows a plain page, and is reported without a secret', async () => {
	world.server.switches.executeStatus = 500;
	world.server.switches.echoSecrets = true;

	expect(await visitor.open(link)).toMatchObject({
		status: 502,
		title: 'Webmail cannot be opened right now',
	});

	const failed = await waitFor('the report', 10_000, async () =>
		(await world.n8n.executions()).find(({ status }) => status === 'error'),
	);
	expect(failed.error).toContain('500');
	expect(await leaks(world.n8n, [SECRET])).toEqual([]);
});
