import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { attend, dismiss, type Attendant } from './attendants';
import type { PreparedN8n } from './prepare';

type Answer = { id: number } & ({ rows: unknown[] } | { error: string });

/** Where a database of n8n is: a file of SQLite, or a server of PostgreSQL. */
export type DatabaseAddress =
	| { sqlite: string }
	| { postgres: { host: string; port: number; user: string; database: string } };

/** Reads n8n's database, in which nothing is hidden or beautified. */
export class Database {
	private readonly reader: ChildProcess;
	private readonly attendant: Attendant;
	private readonly flatted: { parse(text: string): unknown };
	private queries = 0;

	/**
	 * @param n8n whose driver and whose format are used
	 * @param address where it is; a file is opened with every query
	 */
	constructor(
		n8n: PreparedN8n,
		private readonly address: DatabaseAddress,
	) {
		const manifest = join(n8n.folder, 'node_modules/n8n/package.json');
		this.flatted = createRequire(manifest)('flatted') as typeof this.flatted;
		this.reader = fork(join(__dirname, 'databaseReader.js'), [manifest, JSON.stringify(address)], {
			execPath: n8n.node,
			execArgv: [],
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		});
		this.reader.setMaxListeners(0);
		this.attendant = {
			name: 'database reader',
			log: () => '',
			kill: () => this.reader.kill('SIGKILL'),
		};
		attend(this.attendant);
	}

	/** Runs a query. Its values are named `$1`, `$2` and so on. */
	async query<Row>(sql: string, ...values: unknown[]): Promise<Row[]> {
		const id = this.queries++;
		const answered = new Promise<Answer>((resolve, reject) => {
			const ended = () => reject(new Error('The database reader ended.'));
			const listen = (answer: Answer) => {
				if (answer.id !== id) return;
				this.reader.off('message', listen).off('exit', ended);
				resolve(answer);
			};
			this.reader.on('message', listen).once('exit', ended);
		});
		this.reader.send({ id, sql, values });
		const answer = await answered;
		if ('error' in answer) throw new Error(answer.error);
		return answer.rows as Row[];
	}

	/** The names of its tables. */
	async tables(): Promise<string[]> {
		const rows = await this.query<{ name: string }>(
			'sqlite' in this.address
				? "SELECT name FROM sqlite_master WHERE type = 'table'"
				: "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
		);
		return rows.map(({ name }) => name);
	}

	/** Reads the data of an execution from the text it is stored as. */
	parse(data: string): unknown {
		return this.flatted.parse(data);
	}

	/** Ends the process that reads. */
	async close(): Promise<void> {
		if (this.reader.exitCode === null && this.reader.signalCode === null) {
			const exit = once(this.reader, 'exit');
			this.reader.disconnect();
			await exit;
		}
		dismiss(this.attendant);
	}
}
