import { setTimeout as wait } from 'node:timers/promises';

/** The workers of a server: so many requests are worked on at once, and the others wait in line. */
export class Workers {
	private working = 0;
	private line: Array<() => void> = [];

	/**
	 * Lets a worker work on a request.
	 *
	 * @param workers how many there are, 0 for as many as there are requests
	 * @param milliseconds how long the work takes
	 * @param signal the client has gone: its place is given up
	 */
	async work(workers: number, milliseconds: number, signal: AbortSignal): Promise<void> {
		if (workers > 0 && this.working >= workers) await this.turn(signal);
		this.working += 1;
		try {
			if (milliseconds > 0) await wait(milliseconds, undefined, { signal });
		} finally {
			this.working -= 1;
			this.line.shift()?.();
		}
	}

	private async turn(signal: AbortSignal): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.line.push(resolve);
			signal.addEventListener('abort', () => {
				this.line = this.line.filter((waiting) => waiting !== resolve);
				reject(new Error('The client has gone'));
			});
		});
	}
}
