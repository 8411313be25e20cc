/** A message as a sentence of a longer text. Words of cPanel’s own may have their full stop already. */
export function sentence(message: string): string {
	return /[.!?…]$/.test(message) ? message : `${message}.`;
}
