import { randomNumbers } from '../../attacks/random';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Letters of a signature of 256 bits in base64url. */
const SIGNATURE = 43;

/** Tokens that are almost a right one, and never it; the same ones on every run, so that a finding can be had again. */
export function* forgeries(token: string, count: number): Generator<string> {
	const random = randomNumbers(20_260_101);
	const below = (limit: number): number => Math.floor(random() * limit);
	const letter = (): string => LETTERS[below(LETTERS.length)] ?? '';
	const withLetterAt = (at: number): string => token.slice(0, at) + letter() + token.slice(at + 1);
	const withLetterBefore = (at: number): string => token.slice(0, at) + letter() + token.slice(at);
	const alterations = [
		() => withLetterAt(2 + below(token.length - 2)),
		() => withLetterAt(token.length - 1 - below(SIGNATURE)),
		() => withLetterBefore(below(token.length)),
		() => {
			const [from = 0, to] = [below(token.length), below(token.length)].sort((a, b) => a - b);
			return token.slice(0, from) + token.slice(to);
		},
		() => token.slice(0, -SIGNATURE) + Array.from({ length: SIGNATURE }, letter).join(''),
	];
	for (let made = 0; made < count; ) {
		const forged = alterations[made % alterations.length]?.() ?? '';
		if (forged === token) continue;
		made += 1;
		yield forged;
	}
}
