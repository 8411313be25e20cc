import type { World } from './worlds';

/** Who makes the calls. */
export const VARIANTS = {
	undici: 'this package',
	helper: 'this package, with n8n’s helper',
	httpRequest: 'HTTP Request',
	httpRequestBatched: 'HTTP Request, 32 at a time',
	pool: 'a bare pool, without n8n',
	nothing: 'a node that only reads its fields',
} as const;

export type VariantName = keyof typeof VARIANTS;

/** What is asked of the server for each item: a session, or a session and then the login with it. */
export type Task = 'session' | 'session and login';

/** One row of the table. */
export interface Case {
	variant: VariantName;
	task: Task;
	items: number;
	/** *Max Concurrency*, where it is not left alone; the size of the bare pool. */
	concurrency?: number;
}

/** What the process that runs a case has to know. */
export interface Job extends Case {
	world: World;
	/** Folder of an installed n8n, for its engine and its own nodes. */
	n8nFolder: string;
	/** Address of the server, at its distance and without. */
	distant: string;
	near: string;
}

/** What one run of a case took. */
export interface Measured {
	/** Milliseconds from the start of the workflow to its end. */
	wall: number;
	/** Milliseconds of processor time of the client's process, all threads together. */
	cpu: number;
	/** The most memory that the client's process had at any time, in MiB. */
	memory: number;
	/** Items that did not bring what was asked for. */
	failed: number;
	handshakes: number;
	mostSockets: number;
	/** How many requests waited in line at the server, on average over its time. */
	meanQueue: number;
}
