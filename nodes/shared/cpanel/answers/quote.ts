import { holdsSecret, maskSecrets } from './secrets';

/** No sentence of cPanel's is longer; what a server may send is. */
const LONGEST_QUOTE = 300;
/** As much of a text as is looked at: enough for a quote, however much of it is markup. */
const LOOKED_AT = 4_000;
/** A cookie is the longest of them. */
const LONGEST_SECRET = 500;

/**
 * What a server says, so that it can be shown: plain text of a bearable length, without markup and addresses, and
 * without the secrets that it was sent or that it sent. A server's words cannot be searched for every disguise of a
 * secret, so they are cut down to letters, digits and plain punctuation; words that still hold a secret are not quoted.
 *
 * @param secrets what was sent to the server, and what came from it
 * @returns an empty text where nothing is left to quote
 */
export function ownWords(text: string, secrets: readonly string[]): string {
	const revealed = maskSecrets(text.slice(0, LOOKED_AT), secrets);
	// where the text was cut, half a secret may stand
	const whole = text.length > LOOKED_AT ? revealed.slice(0, -LONGEST_SECRET) : revealed;
	const plain = whole
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>]*/gi, '(address)')
		.replace(/\/?cpsess\d+/gi, '•••')
		.replace(/[^\p{L}\p{M}\p{N}\s.,:;!?'’‘“”„«»‹›「」『』。、"()@_/&+•…–—-]/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	if (holdsSecret(plain, secrets)) return '';
	return plain.length > LONGEST_QUOTE ? `${plain.slice(0, LONGEST_QUOTE)}…` : plain;
}
