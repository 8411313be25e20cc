import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ParsedMail } from 'mailparser';

import { createAccessLinkCredential, triggerNode } from './accessLinks';
import { finishedExecution, type Execution } from './executions';
import { linkIn, startMailServer, type MailServer } from './mailServer';
import type { Workflow } from './n8n';
import { startProxy, type Relay } from './network';
import { leaks } from './secrets';
import { Visitor } from './visitor';
import { waitFor } from './wait';
import type { StoredCredential, WorkflowFile } from './workflowFile';
import { startWorld, type World } from './world';

/** Where people are who open links: n8n is at another address of loopback. */
export const VISITOR_ADDRESS = '127.7.7.7';

const SECRET = 'the secret of the links, long enough to be one';

/** The addresses here are those of one machine, of which none is public: the proxy's header tells them. */
const FROM_PROXY: INodeParameters = {
	visitorAddress: 'header',
	visitorAddressHeader: 'X-Forwarded-For',
};

/** A world with a mail server, a proxy in front of n8n, and people at another address who open links. */
export interface LinkWorld extends World {
	readonly mails: MailServer;
	/** How people reach n8n. */
	readonly proxyOrigin: string;
	readonly visitor: Visitor;
	/** What n8n's SMTP credential is for the mail server. */
	readonly smtp: StoredCredential;
	/**
	 * Stores an example, with everything filled in, and publishes it.
	 *
	 * @param parameters more of what a user fills in, by the name of the node
	 */
	publish(
		example: WorkflowFile,
		credentials: StoredCredential[],
		parameters?: Record<string, INodeParameters>,
	): Promise<Workflow>;
	/** Runs a published workflow that sends mails, and returns those. */
	send(workflow: Workflow): Promise<ParsedMail[]>;
	/** The executions that a trigger started, once there are so many. */
	clicks(workflow: Workflow, count: number): Promise<Execution[]>;
}

/**
 * Starts that world. It ends with a look for what n8n must not have kept: sessions and links, too.
 *
 * @param start starts the n8n in it
 */
export async function startLinkWorld(start: () => Promise<World> = startWorld): Promise<LinkWorld> {
	const world = await start();
	const { n8n, others, server } = world;
	const mails = await startMailServer();
	const proxy: Relay = await startProxy(world.webhookOrigin);
	const proxyOrigin = `http://127.0.0.1:${proxy.port}`;
	const visitor = new Visitor(VISITOR_ADDRESS, server.certificate);
	const smtp = await n8n.createCredential('smtp', 'SMTP account', mails.credential);
	return {
		...world,
		mails,
		proxyOrigin,
		visitor,
		smtp,
		async publish(example, credentials, parameters = {}) {
			const links = await createAccessLinkCredential(n8n, example, proxyOrigin, SECRET);
			const { name } = triggerNode(example);
			const workflow = await n8n.importWorkflow(example, {
				credentials: [links, smtp, ...credentials],
				parameters: { ...parameters, [name]: { ...FROM_PROXY, ...parameters[name] } },
			});
			await n8n.activate(workflow);
			return workflow;
		},
		async send(workflow) {
			const before = mails.mails.length;
			const execution = await n8n.run(workflow);
			expect(execution).toMatchObject({ status: 'success', error: undefined });
			return mails.mails.slice(before);
		},
		async clicks({ id }, count) {
			const started = await waitFor('the executions of the clicks', 60_000, async () => {
				const all = await n8n.executions();
				const ofTrigger = all.filter(
					({ mode, workflowId }) => mode === 'webhook' && workflowId === id,
				);
				return ofTrigger.length >= count ? ofTrigger : undefined;
			});
			return await Promise.all(
				started.map(async (execution) => await finishedExecution(n8n.database, execution.id)),
			);
		},
		async stop() {
			await visitor.leave();
			const sessions = [...server.state.sessions].flatMap(({ value, token }) => [value, token]);
			const found = await leaks(n8n, [SECRET, ...sessions], others);
			await proxy.stop();
			await world.stop();
			await mails.stop();
			expect(found).toEqual([]);
		},
	};
}

/** Such a world for the tests of a file; each test finds the cPanel server as new. */
export function useLinkWorld(start?: () => Promise<World>): () => LinkWorld {
	let world: LinkWorld | undefined;
	beforeAll(async () => {
		world = await startLinkWorld(start);
	});
	beforeEach(() => world?.server.reset());
	afterAll(async () => await world?.stop());
	return () => {
		if (world === undefined) throw new Error('The world has not started');
		return world;
	};
}

/** What a person sees who got a mail, after mail filters have been there. */
export async function openFromMail(
	{ visitor, server }: LinkWorld,
	mail: ParsedMail | undefined,
): Promise<{ link: string; title: string; status: number }> {
	const link = linkIn(mail);
	const asked = server.journal.entries.length;
	for (const { status } of await visitor.scan(link)) expect(status).toBe(200);
	expect(server.journal.entries).toHaveLength(asked);
	const { title, status } = await visitor.submit(await visitor.open(link));
	return { link, title, status };
}

/** The items that came out of a trigger, by its outputs. */
export function recordOf(
	execution: Execution | undefined,
	example: WorkflowFile,
): { opened: IDataObject[]; notOpened: IDataObject[] } {
	const { name } = triggerNode(example);
	return {
		opened: execution?.json(name, 0) ?? [],
		notOpened: execution?.json(name, 1) ?? [],
	};
}
