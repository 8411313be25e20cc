import type { INode } from 'n8n-workflow';

import { LINK_SECRET } from '../../contract/accessLinks/links';
import type { Place, Published, Told, TriggerCredentials } from '../../contract/accessLinks/place';
import { tokenCredential } from '../../workflow/harness/cpanel';
import { LINK_TRIGGER } from './accessLinks';
import { executionsOf } from './executions';
import { leaks } from './secrets';
import { waitFor } from './wait';
import type { StoredCredential, WorkflowFile } from './workflowFile';
import type { World } from './world';

/** The nodes behind the trigger, at its outputs in this order. */
const OUTPUTS = ['Opened', 'Not Opened'] as const;

/** What n8n stores and cannot hand out: an expression that is none. */
const BROKEN = { server: '={{ ( }}', secret: '={{ ( }}' };

let places = 0;

/**
 * An n8n, for statements that hold wherever a trigger is published. Requests go to where its webhooks are served, with
 * nothing in between.
 *
 * @param deadline for the executions that were started, in milliseconds
 */
export function placeIn(world: () => World, deadline = 150_000): Place {
	return {
		server: () => world().server,
		async leaks(secrets) {
			const { n8n, others } = world();
			return await leaks(n8n, secrets, others);
		},
		async publish({ parameters = {}, ...credentials } = {}) {
			const { n8n, server, webhookOrigin } = world();
			const path = `place-${(places += 1)}`;
			const url = `${webhookOrigin}/webhook/${path}`;
			const contents: TriggerCredentials = {
				cpanelApi: tokenCredential(server),
				cpanelAccessLinkApi: { address: url, secret: LINK_SECRET },
				...credentials,
			};
			const stored: StoredCredential[] = [];
			for (const [type, data] of Object.entries(contents)) {
				if (data) stored.push(await n8n.createCredential(type, `${type} of ${path}`, data));
			}
			const workflow = await n8n.importWorkflow(workflowAt(path, parameters, stored), {
				credentials: stored,
			});
			await n8n.activate(workflow);

			const change: Published['change'] = async (changes) => {
				for (const [type, data] of Object.entries(changes)) {
					const { id, name } = stored.find((each) => each.type === type) ?? { id: '', name: '' };
					await n8n.rest.send('PATCH', `/credentials/${id}`, { name, type, data: data ?? BROKEN });
				}
			};
			const told = async (count: number): Promise<Told[]> => {
				const executions = await waitFor(`${count} executions of ${path}`, deadline, async () => {
					return await executionsOf(n8n.database, workflow.id, count);
				});
				return executions.map((execution) => {
					if (execution.error !== undefined) throw new Error(execution.error);
					return [execution.json(OUTPUTS[0]), execution.json(OUTPUTS[1])];
				});
			};
			return { url, change, told };
		},
	};
}

/** A trigger, with a node at each of its outputs. */
function workflowAt(
	path: string,
	parameters: INode['parameters'],
	stored: StoredCredential[],
): WorkflowFile {
	const trigger: INode = {
		id: path,
		name: 'Access links',
		type: LINK_TRIGGER,
		typeVersion: 1,
		position: [0, 0],
		webhookId: path,
		parameters: { path, ...parameters },
		// chosen as users choose them
		credentials: Object.fromEntries(stored.map(({ type }) => [type, { id: null, name: '' }])),
	};
	const behind = OUTPUTS.map(
		(name, index): INode => ({
			id: `${path}-${index}`,
			name,
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [220, index * 200],
			parameters: {},
		}),
	);
	const connections = {
		[trigger.name]: {
			main: OUTPUTS.map((node) => [{ node, type: 'main' as const, index: 0 }]),
		},
	};
	return { name: `Access links at ${path}`, nodes: [trigger, ...behind], connections };
}
