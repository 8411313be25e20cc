/**
 * Reads a URL. In place of `URL.canParse`, which in Node.js 20 and 22 refuses names with an umlaut or an accent once
 * it has been called some thousand times: a long batch would fail in the middle.
 *
 * @param base what a relative address is relative to
 * @returns undefined for what is no URL
 */
export function parseUrl(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base);
	} catch {
		return undefined;
	}
}

/**
 * What a link leads to, as chats, mail programs and Markdown write links down: `<https://…>`, `<https://…|text>`,
 * `[text](https://…)`.
 *
 * @returns the text as it is where it is none of those
 */
export function linkTarget(text: string): string {
	const [, angled, inMarkdown] =
		/^<([^<>|]*)(?:\|[^<>]*)?>$|^\[[^[\]]*\]\(([^()]*)\)$/.exec(text) ?? [];
	return (angled ?? inMarkdown ?? text).trim();
}
