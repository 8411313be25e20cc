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
