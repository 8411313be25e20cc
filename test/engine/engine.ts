import './userFolder';

import { WorkflowExecute } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRun,
	NodeOutput,
} from 'n8n-workflow';

import { additionalData } from './additionalData';
import { OneCredential } from './credentialsHelper';
import { loadPackage, nodeTypesOf } from './nodeTypes';
import type { LoadedPackage, NodesFrom } from './nodeTypes';

/** A node of a chain. */
export interface Step {
	type: 'cpanelSession' | 'cpanelWebmailLogin';
	parameters?: INodeParameters;
	onError?: INode['onError'];
	/** Turns *Retry On Fail* on. */
	retry?: Pick<INode, 'maxTries' | 'waitBetweenTries'>;
}

export interface ChainRun {
	run: IRun;
	/** The output of a step, by its place in the chain; undefined when it did not finish. */
	output: (step: number, branch?: number) => INodeExecutionData[] | undefined;
	/** What a step threw, as it threw it. */
	thrown: Error[];
	/** How often the credential was read. */
	credentialReads: number;
	/** What the steps wanted the user to know. */
	hints: string[];
	/** The most requests that waited for an answer at the same time, counted where n8n's helper is asked. */
	mostAtOnce: number;
	/** Resolves when no node is at work any more: one that is stopped is not waited for. */
	ended: Promise<unknown>;
}

export interface Chain {
	items?: IDataObject[];
	credential?: ICredentialDataDecryptedObject;
	/** What kind of credential it is; that of a cPanel account unless told. */
	credentialType?: 'cpanelApi' | 'cpanelWhmApi' | 'cpanelAccessLinkApi';
	steps: Step[];
	/** The nodes to run; those the jest project is about unless told. */
	nodesFrom?: NodesFrom | LoadedPackage;
	/** What the nodes do not find in their context, as in versions of n8n that do not have it yet. */
	without?: Array<keyof IExecuteFunctions>;
	/** Stops the execution, as the Stop button does, as soon as this resolves. */
	stopWhen?: Promise<unknown>;
}

/** Runs a chain of nodes in n8n's engine, after a node that brings the items. */
export async function runChain({
	items = [{}],
	credential = {},
	credentialType: typeName = 'cpanelApi',
	steps,
	nodesFrom,
	without = [],
	stopWhen,
}: Chain): Promise<ChainRun> {
	const loaded = typeof nodesFrom === 'object' ? nodesFrom : await loadPackage(nodesFrom);
	const credentialType = loaded.credentials.get(typeName);
	if (credentialType === undefined) throw new Error('The package has no credential');
	const credentialsHelper = new OneCredential(credentialType, credential);

	const watch = new Watch(without);
	const start = node('Items', 'test.items', { json: JSON.stringify(items) });
	const nodes: INode[] = [
		start,
		...steps.map(({ type, parameters, onError, retry }, index) => ({
			...node(stepName(index), `n8n-nodes-cpanel-session.${type}`, parameters),
			onError,
			...(retry && { retryOnFail: true, ...retry }),
			...((type === 'cpanelSession' || typeName === 'cpanelAccessLinkApi') && {
				credentials: { [typeName]: { id: '1', name: 'cPanel account' } },
			}),
		})),
	];
	const connections = Object.fromEntries(
		nodes.slice(0, -1).map(({ name }, index) => {
			const next = nodes[index + 1]?.name ?? '';
			return [name, { main: [[{ node: next, type: 'main' as const, index: 0 }]] }];
		}),
	);
	const workflow = new Workflow({
		id: '1',
		name: 'Chain',
		nodes,
		connections,
		active: false,
		nodeTypes: watch.over(nodeTypesOf(loaded)),
		settings: { executionOrder: 'v1' },
	});

	const execution = new WorkflowExecute(additionalData(workflow, credentialsHelper), 'manual').run({
		workflow,
		startNode: start,
	});
	void stopWhen?.then(() => execution.cancel());
	const run = await execution;
	const { runData } = run.data.resultData;
	return {
		run,
		output: (step, branch = 0) => runData[stepName(step)]?.[0]?.data?.main?.[branch] ?? undefined,
		thrown: watch.thrown,
		credentialReads: credentialsHelper.reads,
		hints: steps.flatMap((_, index) =>
			(runData[stepName(index)]?.[0]?.hints ?? []).map(({ message }) => message),
		),
		mostAtOnce: watch.mostAtOnce,
		ended: watch.ended,
	};
}

function stepName(index: number): string {
	return `Step ${index}`;
}

function node(name: string, type: string, parameters: INodeParameters = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters };
}

/** Sees what n8n does not keep: what a node throws, when it has ended, and how much it asks for at once. */
class Watch {
	readonly thrown: Error[] = [];
	mostAtOnce = 0;
	private underWay = 0;
	private readonly executions: Array<Promise<unknown>> = [];

	/** @param without what the nodes do not find in their context */
	constructor(private readonly without: Array<keyof IExecuteFunctions>) {}

	get ended(): Promise<unknown> {
		return Promise.allSettled(this.executions);
	}

	over(nodeTypes: INodeTypes): INodeTypes {
		const find = (name: string, version?: number): INodeType =>
			this.watching(nodeTypes.getByNameAndVersion(name, version));
		return { ...nodeTypes, getByName: find, getByNameAndVersion: find };
	}

	private watching(type: INodeType): INodeType {
		const watching = Object.create(type) as INodeType;
		const execute = async (context: IExecuteFunctions): Promise<NodeOutput> => {
			for (const name of this.without) Object.defineProperty(context, name, { value: undefined });
			this.count(context.helpers);
			try {
				return (await type.execute?.call(context)) ?? [];
			} catch (error) {
				this.thrown.push(error as Error);
				throw error;
			}
		};
		const { executions } = this;
		watching.execute = async function () {
			const execution = execute(this);
			executions.push(execution);
			return await execution;
		};
		return watching;
	}

	private count(helpers: IExecuteFunctions['helpers']): void {
		const httpRequest = helpers.httpRequest.bind(helpers);
		helpers.httpRequest = async (options) => {
			this.underWay += 1;
			this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
			try {
				return (await httpRequest(options)) as unknown;
			} finally {
				this.underWay -= 1;
			}
		};
	}
}
