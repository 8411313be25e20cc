import { refusal } from '../../nodes/shared/cpanel/answers/refusal';
import type { RefusedCall } from '../../nodes/shared/cpanel/answers/refusal';

const CALL: RefusedCall = {
	by: 'cPanel',
	function: 'Session::create_webmail_session_for_mail_user',
	secrets: [],
	about: { email: 'anna@example.com', domain: 'example.com' },
};
const THROUGH_WHM: RefusedCall = {
	...CALL,
	through: 'WHM',
	about: { ...CALL.about, account: 'alice' },
};

const told = (words: string, call = CALL) => refusal([words], 200, call);

describe('a refusal', () => {
	it.each([
		[
			'You do not have an email account named “anna@example.com”.',
			/^anna@example\.com is not a mailbox/,
		],
		['No such mailbox', /^anna@example\.com is not a mailbox/],
		[
			'No tiene una cuenta de correo electrónico llamada “anna”.',
			/^anna@example\.com is not a mailbox/,
		],
		[
			'The request failed. (Error ID: abc123) Ask your hosting provider.',
			/^anna@example\.com is not a mailbox/,
		],
		[
			'Die Anforderung ist fehlgeschlagen. (Fehler-ID: x1y2)',
			/^anna@example\.com is not a mailbox/,
		],
		['This account is suspended.', /^anna@example\.com is suspended$/],
		['You do not own the domain “example.com”.', /^example\.com is not a domain of this account$/],
		['The domain “example.com” does not belong to you.', /^example\.com is not a domain/],
		['Sie verfügen nicht über die Funktion “webmail”.', /leaves out a feature/],
	])('names the case, and has the server’s words in the details: %s', (words, message) => {
		const error = told(words);
		expect(error.message).toMatch(message);
		expect(error.details).toContain(CALL.function);
		expect(error.details).toContain(words.replace(/[“”]/g, (mark) => mark).slice(0, 20));
	});

	it('has an Error ID in the details, and its cause in common with others', () => {
		const [one, other] = ['abc123', 'x7y8z9'].map((id, index) =>
			told(`The request failed. (Error ID: ${id}) Ask.`, {
				...CALL,
				about: { email: `user${index}@example.com` },
			}),
		);
		expect(one?.details).toContain('abc123');
		expect(one?.message).not.toEqual(other?.message);
		expect(one?.summary).toEqual(other?.summary);
	});

	it.each([
		['The quota of “a@x.example” is exceeded', 'The quota of “b@y.example” is exceeded'],
		['Failure 8a7f6 of anna@example.com', 'Failure 99b1c of ben@example.com'],
	])('that nobody knows has its cause in common, too: %s', (one, other) => {
		expect(told(one).message).toContain(one.slice(0, 8));
		expect(told(one).summary).toEqual(told(other).summary);
	});

	it('speaks of WHM to whoever asked WHM alone', () => {
		for (const words of [
			'You do not own the domain “x.example”.',
			'You do not have access to an account named “x”.',
		]) {
			expect(told(words).hint).not.toMatch(/WHM|“cPanel Account”/);
			expect(told(words, THROUGH_WHM).hint).toContain('“cPanel Account”');
			expect(told(words, { ...THROUGH_WHM, by: 'WHM' }).hint).toContain('“cPanel Account”');
		}
		expect(told('You do not have access to an account named “alice”.', THROUGH_WHM).message).toBe(
			'alice is not an account that this user of WHM may act for',
		);
	});

	it('is not taken in by names in quotes', () => {
		expect(
			told('Nothing is known of “suspended-password@feature.example”.').family,
		).toBeUndefined();
		expect(told('Nothing is known of ‘feature’.').family).toBeUndefined();
		expect(told('The user’s password is wrong.').family).toBe('password');
	});
});
