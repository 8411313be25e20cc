import type { IDataObject, INodeExecutionData, IRunData } from 'n8n-workflow';

import type { Database } from './database';
import { waitFor } from './wait';

const TIMEOUT = 60_000;

const UNDER_WAY = ['new', 'running', 'waiting', 'unknown'];

/**
 * For the environment of n8n. An execution that is not to be saved stays in the database, marked as
 * deleted, until n8n cleans up: every 15 minutes, or with this every second.
 */
export const PRUNES_AT_ONCE = { EXECUTIONS_DATA_PRUNE_HARD_DELETE_INTERVAL: String(1 / 60) };

interface Row {
	id: number;
	status: string;
	mode: string;
	workflowId: string;
	data: string | null;
}

interface RunResult {
	resultData: { runData: IRunData; error?: Failure; lastNodeExecuted?: string };
}

/** What n8n shows of what stopped an execution: a line, and a text below it. */
export interface Failure {
	message: string;
	description?: string | null;
}

/** An execution as n8n stored it. */
export class Execution {
	readonly id: string;
	readonly status: string;
	/** How it was started: `manual`, `webhook` and so on. */
	readonly mode: string;
	readonly workflowId: string;
	/** Everything that was stored with it, as text. Empty where nothing was. */
	readonly stored: string;
	private readonly result: RunResult['resultData'];

	constructor(row: Row, database: Database) {
		this.id = String(row.id);
		this.status = row.status;
		this.mode = row.mode;
		this.workflowId = row.workflowId;
		this.stored = row.data ?? '';
		this.result = row.data ? (database.parse(row.data) as RunResult).resultData : { runData: {} };
	}

	/** What stopped it. */
	get failure(): Failure | undefined {
		return this.result.error;
	}

	/** The message of what stopped it. */
	get error(): string | undefined {
		return this.failure?.message;
	}

	/** The items that came out of a node. */
	items(node: string, branch = 0): INodeExecutionData[] {
		return this.result.runData[node]?.[0]?.data?.main?.[branch] ?? [];
	}

	/** The `json` of the items that came out of a node. */
	json(node: string, branch = 0): IDataObject[] {
		return this.items(node, branch).map(({ json }) => json);
	}
}

const SELECT = `SELECT e.id, e.status, e.mode, e."workflowId", d.data
	FROM execution_entity e LEFT JOIN execution_data d ON d."executionId" = e.id`;

/** The executions of an n8n, in the order in which they began; also those marked as deleted. */
export async function readExecutions(database: Database): Promise<Execution[]> {
	const rows = await database.query<Row>(`${SELECT} ORDER BY e.id`);
	return rows.map((row) => new Execution(row, database));
}

/**
 * The executions of a workflow, in the order in which they began, as soon as so many are over and none is under way.
 *
 * @returns undefined until then; their data is read only once
 */
export async function executionsOf(
	database: Database,
	workflowId: string,
	count: number,
): Promise<Execution[] | undefined> {
	const begun = await database.query<Pick<Row, 'status'>>(
		'SELECT status FROM execution_entity WHERE "workflowId" = $1',
		workflowId,
	);
	const areOver = begun.every(({ status }) => !UNDER_WAY.includes(status));
	if (begun.length < count || !areOver) return undefined;
	const rows = await database.query<Row>(
		`${SELECT} WHERE e."workflowId" = $1 ORDER BY e.id`,
		workflowId,
	);
	return rows.map((row) => new Execution(row, database));
}

/**
 * Waits until an execution is over.
 *
 * @param timeout in milliseconds; a minute unless given
 */
export async function finishedExecution(
	database: Database,
	id: string,
	timeout = TIMEOUT,
): Promise<Execution> {
	return await waitFor(`the end of execution ${id}`, timeout, async () => {
		const [row] = await database.query<Row>(`${SELECT} WHERE e.id = $1`, id);
		return row && !UNDER_WAY.includes(row.status) ? new Execution(row, database) : undefined;
	});
}

/**
 * Waits until the database holds no execution but those that were there before.
 *
 * @param newest the id of the last one that may remain; none may when it is left out
 */
export async function forgotten(database: Database, newest = '0'): Promise<void> {
	await waitFor('the removal of the executions', TIMEOUT, async () => {
		const executions = await readExecutions(database);
		return executions.every(({ id }) => Number(id) <= Number(newest)) || undefined;
	});
}
