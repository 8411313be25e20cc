const LONGEST_QUOTE = 300;

/** What the server says, as plain text of a bearable length, without the secrets it was sent. */
export function ownWords(text: string, secrets: readonly string[]): string {
	const plain = hideSecrets(text, secrets)
		.replace(/<[^<>]*>/g, ' ')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
	return plain.length > LONGEST_QUOTE ? `${plain.slice(0, LONGEST_QUOTE)}…` : plain;
}

const HIDDEN = '•••';

/**
 * Takes secrets out of a text that came from elsewhere, plain and in the forms they have in a URL or a page.
 * A server may repeat in its answer what it was sent.
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
	return secrets
		.filter((secret) => secret !== '')
		.flatMap(forms)
		.sort((one, other) => other.length - one.length)
		.reduce((hidden, secret) => hidden.replaceAll(secret, HIDDEN), text);
}

function forms(secret: string): string[] {
	const inForm = new URLSearchParams({ v: secret }).toString().slice('v='.length);
	const inUrl = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\uFFFD'));
	const encoded = [inForm, inForm.replaceAll('+', '%20'), inUrl];
	// cPanel writes its percent codes in lower case
	const lowerCase = encoded.map((text) => text.replace(/%../g, (code) => code.toLowerCase()));
	return [secret, inPage(secret), ...encoded, ...lowerCase];
}

function inPage(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}
