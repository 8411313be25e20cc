import { refusal, wordsOf, familyOf } from '../../nodes/shared/cpanel/response/refusal';
import type { RefusedCall } from '../../nodes/shared/cpanel/response/refusal';

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
			/^anna@example\.com is (probably )?not a mailbox/,
		],
		['No such mailbox', /^anna@example\.com is (probably )?not a mailbox/],
		[
			'No tiene una cuenta de correo electrónico llamada “anna”.',
			/^anna@example\.com is (probably )?not a mailbox/,
		],
		[
			'The request failed. (Error ID: abc123) Ask your hosting provider.',
			/^anna@example\.com is (probably )?not a mailbox/,
		],
		[
			'Die Anforderung ist fehlgeschlagen. (Fehler-ID: x1y2)',
			/^anna@example\.com is (probably )?not a mailbox/,
		],
		['This account is suspended.', /^anna@example\.com is suspended$/],
		['You do not own the domain “example.com”.', /^example\.com is not a domain of this account$/],
		['The domain “example.com” does not belong to you.', /^example\.com is not a domain/],
		['Sie verfügen nicht über die Funktion “webmail”.', /does not include a feature/],
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
			'alice is not an account that this WHM user may act for',
		);
	});

	/** Words of the server's, one for each family. */
	const WORDS = {
		mailbox: 'You do not have an email account named “x”.',
		errorId: 'The request failed. (Error ID: abc123)',
		domain: 'You do not own the domain “x.example”.',
		account: 'You do not have access to an account named “x”.',
		suspended: 'This mailbox is suspended.',
		password: 'The password is wrong.',
		feature: 'You do not have the feature “x”.',
		function: 'The system could not find the function “x”.',
		argument: 'Provide the “x” argument.',
		port: 'Permission denied',
		access: 'Access denied',
	};
	const CHECK: RefusedCall = { ...CALL, function: `${CALL.function}_check_password` };
	const UNNAMED: RefusedCall = { ...CALL, about: {} };
	const LIST: RefusedCall = { ...CALL, function: 'Email::list_pops' };

	it.each<[keyof typeof WORDS, RefusedCall, string, string]>([
		['mailbox', CALL, 'anna@example.com is not a mailbox of this account', 'the mailbox is not'],
		[
			'errorId',
			CALL,
			'anna@example.com is probably not a mailbox of this account',
			'the mailbox is probably not a mailbox of this account',
		],
		['domain', CALL, 'example.com is not a domain of this account', 'the domain is not a domain'],
		[
			'account',
			THROUGH_WHM,
			'alice is not an account that this WHM user may act for',
			'the account under “cPanel Account” is not an account',
		],
		[
			'account',
			{ ...THROUGH_WHM, by: 'WHM', through: undefined },
			'alice is not an account that this WHM user may act for',
			'the account under',
		],
		['suspended', CALL, 'anna@example.com is suspended', 'the mailbox is suspended'],
		[
			'password',
			CHECK,
			'The password for anna@example.com is wrong',
			'the password for the mailbox is wrong',
		],
		[
			'feature',
			UNNAMED,
			`The hosting plan of the account does not include a feature that ${CALL.function} needs`,
			'The hosting plan of the account',
		],
		[
			'function',
			UNNAMED,
			`This cPanel server does not support ${CALL.function}`,
			'This cPanel server does not support',
		],
	])('is told in our words where they say more: %s', (family, call, message, summary) => {
		const error = told(WORDS[family], call);
		expect(error).toMatchObject({ kind: 'refusal', httpStatus: 200, family, message });
		expect(error.summary.startsWith(summary)).toBe(true);
		expect(error.details).toBe(`${call.by} refused ${call.function}: ${WORDS[family]}`);
	});

	it.each<[keyof typeof WORDS, RefusedCall]>([
		['mailbox', UNNAMED],
		['errorId', UNNAMED],
		['errorId', LIST],
		['domain', UNNAMED],
		['account', CALL],
		['account', { ...CALL, about: { account: 'alice' } }],
		['account', { ...THROUGH_WHM, about: {} }],
		['suspended', UNNAMED],
		['password', CALL],
		['password', { ...CHECK, about: {} }],
		['argument', CALL],
		['port', CALL],
		['access', CALL],
	])('is told in the server’s words where nothing is known: %s', (family, call) => {
		const error = told(WORDS[family], call);
		expect(error).toMatchObject({
			family,
			message: `cPanel refused ${call.function}: ${WORDS[family]}`,
			details: undefined,
		});
	});

	it.each(Object.entries(WORDS))('says what to do next: %s', (family, words) => {
		const hints = [CALL, THROUGH_WHM, { ...CALL, by: 'WHM' as const }].map(
			(call) => told(words, call).hint,
		);
		for (const hint of hints) expect(hint).toMatch(/^\S.+\.$/);
		const isOfWhm = ['account', 'domain', 'mailbox'].includes(family);
		expect(hints[1] === hints[0]).toBe(!isOfWhm);
		expect(hints[2]).toBe(hints[1]);
	});

	it('may come without a word', () => {
		for (const errors of [[], [''], ['<b>']]) {
			expect(refusal(errors, 200, CALL)).toMatchObject({
				message: `cPanel refused ${CALL.function} without giving a reason`,
				details: undefined,
				family: undefined,
				hint: expect.stringContaining('Check the parameters'),
			});
		}
	});

	it('has all its words', () => {
		expect(wordsOf(['One.', '', '<i>', 'Two: SECRET'], ['SECRET'])).toBe('One. Two: •••');
	});

	it.each([
		['No “x y” here', 'No “…” here'],
		['No „x” here', 'No “…” here'],
		['No «x» here', 'No “…” here'],
		['No "x" or "y" here', 'No “…” or “…” here'],
		[`No “${'x'.repeat(200)}” here`, 'No “…” here'],
		[`No “${'x'.repeat(201)}” here`, `No “${'x'.repeat(201)}” here`],
		['No “” here', 'No “” here'],
		['No anna@example.com here', 'No … here'],
		['No abc1 here', 'No … here'],
		['No 1abc here', 'No … here'],
		['No ABC1 here', 'No … here'],
		['No abc here', 'No abc here'],
		['No ab1 here', 'No ab1 here'],
	])('has a cause without names: %s', (words, cause) => {
		expect(told(words).summary).toBe(`cPanel refused ${CALL.function}: ${cause}`);
	});

	it('is not taken in by names in quotes', () => {
		expect(
			told('Nothing is known of “suspended-password@feature.example”.').family,
		).toBeUndefined();
		expect(told('Nothing is known of ‘feature’.').family).toBeUndefined();
		expect(told('The user’s password is wrong.').family).toBe('password');
	});
});

describe('what a refusal is about', () => {
	it.each([
		['Permission denied', 'port'],
		['The system could not find the function “x” in the module “y”.', 'function'],
		['You do not have the feature “webmail”.', 'feature'],
		['Provide the “password” argument.', 'argument'],
		['Access denied', 'access'],
		['The request failed. (Error ID: abc123)', 'errorId'],
		['You do not have an email account named “x”.', 'mailbox'],
		['You do not own the domain “x.example”.', 'domain'],
		['You do not have access to an account named “x”.', 'account'],
		['This account is suspended.', 'suspended'],
		['The password is not correct.', 'password'],
		['Something nobody knows.', undefined],
		['', undefined],
	])('is known by its words: %s', (words, family) => {
		expect(familyOf(words)).toBe(family);
	});

	it.each([
		'Nothing is known of “suspended”.',
		'Nothing is known of „suspended”.',
		'Nothing is known of «suspended».',
		'Nothing is known of 「suspended」.',
		'Nothing is known of 『suspended』.',
		'Nothing is known of "suspended".',
		'Nothing is known of "s suspended" here.',
		'‘suspended’ is nothing',
		"'suspended' is nothing",
		'Nothing is known of ‘suspended’',
		'Nothing is known of ‘suspended’, at all',
		'Nothing is known of suspended@x',
		'Nothing is known of x@suspended',
		'Nothing is known of x@y.suspended',
		'Nothing is known of suspended_x',
		'Nothing is known of x_suspended',
		'Nothing is known of xy_suspended_z',
	])('is not told by a name: %s', (words) => expect(familyOf(words)).toBeUndefined());

	it.each([
		'The user’s account is suspended, and others’ are not',
		"The user's is suspended, others' are not",
		'It is suspended‘x’y',
		'“x” is suspended “y”',
		'a@b is suspended for c@d',
		'a_b is suspended for c_d',
	])('is told by what stands beside names: %s', (words) => {
		expect(familyOf(words)).toBe('suspended');
	});

	it.each(['sus“x”pended', 'sus x_y pended'])('is not put together of parts: %s', (words) => {
		expect(familyOf(words)).toBeUndefined();
	});
});
