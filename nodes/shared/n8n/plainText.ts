/** Longer than any text of ours with a server's words in it. */
const LONGEST_TEXT = 2_000;

/**
 * A text as n8n may show it. Its editor takes messages, descriptions and hints for HTML, where what is left of a tag
 * inside a tag is a tag again: so the angle brackets themselves go, whatever stands in them. Marks that turn the
 * direction of writing round go as well, and whatever else does not show.
 */
export function plainText(text: string): string {
	const plain = text
		.slice(0, 2 * LONGEST_TEXT)
		.replace(/[<>]/g, ' ')
		.replace(/[\p{Cf}\p{Co}\p{Cs}]/gu, '')
		.replace(/\p{Cc}+/gu, ' ')
		.replace(/ {2,}/g, ' ')
		.trim();
	return plain.length > LONGEST_TEXT ? `${plain.slice(0, LONGEST_TEXT)}…` : plain;
}
