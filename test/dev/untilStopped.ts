const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How often to look whether whoever started this process is still there, in milliseconds: nobody waits for it. */
const LOOKS_EVERY = 1000;

/**
 * Aborts when this process is asked to end: by Ctrl+C, by whoever started it, or by the end of the terminal; and
 * when whoever started it is gone, since the shell between npm and this process hands no signal on. From then on
 * the process lives until its work is undone, however often it is asked.
 */
export function whenStopped(): AbortSignal {
	const stopping = new AbortController();
	for (const signal of SIGNALS) process.on(signal, () => stopping.abort());
	const parent = process.ppid;
	const looking = setInterval(() => {
		if (process.ppid !== parent) stopping.abort();
	}, LOOKS_EVERY);
	looking.unref();
	return stopping.signal;
}

/** Resolves as soon as a signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise<void>((resolve) => {
		signal.addEventListener('abort', () => resolve(), { once: true });
	});
}
