/** How often a condition is looked at, in milliseconds. */
const INTERVAL = 100;

/** Resolves after so many milliseconds. */
export async function sleep(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Looks until there is something to return. What goes wrong on the way counts as not yet there.
 *
 * @param what names the thing waited for, for the error
 * @param timeout in milliseconds
 * @throws after the timeout, with the last thing that went wrong
 */
export async function waitFor<T>(
	what: string,
	timeout: number,
	look: () => Promise<T | undefined>,
): Promise<T> {
	const deadline = Date.now() + timeout;
	for (;;) {
		let obstacle = '';
		try {
			const found = await look();
			if (found !== undefined) return found;
		} catch (error) {
			obstacle = `: ${String(error)}`;
		}
		if (Date.now() > deadline) throw new Error(`${what}: not within ${timeout} ms${obstacle}`);
		await sleep(INTERVAL);
	}
}
