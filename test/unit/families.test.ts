import { familyOf } from '../../nodes/shared/cpanel/response/refusal';

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
