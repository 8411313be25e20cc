/** The REST interface that n8n's own editor uses, as one signed-in user. */
export class Rest {
	/** For a `Cookie` header; empty until somebody signed in. */
	cookie = '';

	constructor(private readonly origin: string) {}

	/**
	 * Sends a request.
	 *
	 * @param path below `/rest`
	 * @returns the `data` of the answer
	 * @throws when n8n refuses, with its answer
	 */
	async send<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.origin}/rest${path}`, {
			method,
			headers: { cookie: this.cookie, 'content-type': 'application/json' },
			...(body !== undefined && { body: JSON.stringify(body) }),
			signal: AbortSignal.timeout(60_000),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		this.keepCookie(response.headers.getSetCookie());
		const { data } = JSON.parse(text) as { data: T };
		return data;
	}

	private keepCookie(cookies: string[]): void {
		const auth = cookies.find((cookie) => cookie.startsWith('n8n-auth='));
		if (auth) this.cookie = auth.split(';')[0] ?? '';
	}
}
