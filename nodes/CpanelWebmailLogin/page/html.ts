const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	// a parser turns these into \n, so that the value would not arrive as it was
	'\r': '&#13;',
	'\n': '&#10;',
};

/** A text as it stands in a page, also between the quotes of an attribute. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"'\r\n]/g, (character) => ENTITIES[character] ?? '');
}

/** A text of several lines, each as a paragraph; empty lines are left out. */
export function paragraphs(text: string): string {
	return text
		.split(/\r\n|\r|\n/)
		.filter((line) => line.trim() !== '')
		.map((line) => `<p>${escapeHtml(line)}</p>`)
		.join('\n');
}
