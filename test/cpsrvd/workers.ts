import { setTimeout as wait } from 'node:timers/promises';

/** The workers of a server: so many requests are worked on at once, and the others wait in line. */
export class Workers {
	/** How many there are now; what is worked on already is finished by workers that are gone by then. */
	private most = Infinity;
	private working = 0;
	private line: Array<() => void> = [];

	/**
	 * Lets a worker work on a request.
	 *
	 * @param workers how many there are from now on, 0 for as many as there are requests
	 * @param milliseconds how long the work takes
	 * @param signal the client has gone: its place is given up
	 * @returns how long the request waited in line, in milliseconds
	 */
	async work(workers: number, milliseconds: number, signal: AbortSignal): Promise<number> {
		this.most = workers === 0 ? Infinity : workers;
		const cameAt = performance.now();
		await this.turn(signal);
		const waited = performance.now() - cameAt;
		try {
			if (milliseconds > 0) await wait(milliseconds, undefined, { signal });
		} finally {
			this.working -= 1;
			this.letBegin();
		}
		return waited;
	}

	private async turn(signal: AbortSignal): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.line.push(resolve);
			signal.addEventListener('abort', () => {
				this.line = this.line.filter((waiting) => waiting !== resolve);
				reject(new Error('The client has gone'));
			});
			this.letBegin();
		});
	}

	private letBegin(): void {
		while (this.working < this.most) {
			const next = this.line.shift();
			if (next === undefined) return;
			this.working += 1;
			next();
		}
	}
}
