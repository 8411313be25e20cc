import { CpanelError } from '../../errors';
import { ownWords } from './quote';

/** A refusal in the server's own words, with a next step where their family is known. */
export function refusal(
	errors: string[],
	httpStatus: number,
	call: { by: 'cPanel' | 'WHM'; function: string; secrets: readonly string[] },
): CpanelError {
	const words = errors.map((text) => ownWords(text, call.secrets)).join(' ');
	const message =
		words === ''
			? `${call.by} refused ${call.function} without saying why`
			: `${call.by} refused ${call.function}: ${words}`;
	return new CpanelError('refusal', message, { hint: nextStep(words), httpStatus });
}

/** The words are localized and differ between versions, so they are only loosely matched (protocol.md, 1.1). */
const NEXT_STEPS: Array<[pattern: RegExp, hint: string]> = [
	[
		/Error ID/i,
		'Often this is a mailbox that does not exist in this account: check its name and domain. Otherwise the hosting provider finds the ID in cPanel’s log.',
	],
	[
		/email account named|do not have an? e-?mail account|no such (email )?account/i,
		'Check the name and domain of the mailbox: it must exist in the cPanel account that is asked.',
	],
	[
		/access to (an|the|this) account|not own|no such user|user .{0,40}(does not exist|invalid)/i,
		'Check “cPanel Account”: it must be an account that this user of WHM may act for.',
	],
	[
		/permission denied|function not found/i,
		'The port may be that of another service: cPanel is 2083, WHM is 2087, Webmail is 2096.',
	],
	[
		/suspend/i,
		'Lift the suspension of the mailbox in cPanel under Email Accounts, then run the item again.',
	],
	[
		/passw|senha|contrase|mot de passe|kennwort/i,
		'Check the password of the mailbox. Repeated wrong passwords lock the account out.',
	],
	[
		/feature|recurso|fonctionnalit|caracter[ií]stica|funktion/i,
		'The hosting plan leaves this feature out. The hosting provider can turn it on for the account.',
	],
	[
		/could not find the function|failed to load module/i,
		'This cPanel is too old for the function, or the port belongs to another service: cPanel is 2083.',
	],
];

function nextStep(words: string): string {
	return (
		NEXT_STEPS.find(([pattern]) => pattern.test(words))?.[1] ??
		'Check the parameters of this item. The hosting provider finds more in cPanel’s log.'
	);
}
