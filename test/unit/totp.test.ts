import { hotpCode, parseTotpSecret, totpCode } from '../../nodes/shared/cpanel/input/totp';
import { codeOf } from '../cpsrvd';
import { thrownBy } from './thrown';

/** The secret of the test vectors in both RFCs. */
const SECRET = Buffer.from('12345678901234567890', 'ascii');
const BASE32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('a code of a second factor', () => {
	it.each([
		[0, '755224'],
		[1, '287082'],
		[2, '359152'],
		[3, '969429'],
		[4, '338314'],
		[5, '254676'],
		[6, '287922'],
		[7, '162583'],
		[8, '399871'],
		[9, '520489'],
	])('is that of RFC 4226 for the counter %i', (counter, code) => {
		expect(hotpCode(SECRET, counter)).toBe(code);
	});

	// RFC 6238, appendix B, the rows for SHA-1; the codes there have eight digits
	it.each([
		[59, '94287082'],
		[1111111109, '07081804'],
		[1111111111, '14050471'],
		[1234567890, '89005924'],
		[2000000000, '69279037'],
		[20000000000, '65353130'],
	])('is that of RFC 6238 at second %i', (second, code) => {
		expect(hotpCode(SECRET, Math.floor(second / 30), 8)).toBe(code);
		expect(totpCode(SECRET, second * 1000)).toBe(code.slice(-6));
	});

	it('changes every 30 seconds', () => {
		expect(totpCode(SECRET, 59_999)).toBe(totpCode(SECRET, 30_000));
		expect(totpCode(SECRET, 60_000)).not.toBe(totpCode(SECRET, 59_999));
	});

	it('is the one that another implementation finds', () => {
		for (let at = 0; at < 100; at += 1) {
			const now = at * 987_654_321;
			expect(totpCode(SECRET, now)).toBe(codeOf(BASE32, now));
		}
	});
});

describe('a secret of a second factor', () => {
	it.each([
		[BASE32, SECRET],
		['gezd gnbv gy3t qojq gezd gnbv gy3t qojq', SECRET],
		['GEZDGNBV-GY3TQOJQ-GEZDGNBV-GY3TQOJQ\n', SECRET],
		// RFC 4648, section 10
		['MY======', Buffer.from('f')],
		['MZXQ====', Buffer.from('fo')],
		['MZXW6===', Buffer.from('foo')],
		['MZXW6YQ=', Buffer.from('foob')],
		['MZXW6YTB', Buffer.from('fooba')],
		['MZXW6YTBOI======', Buffer.from('foobar')],
		['MZXW6YTBOI', Buffer.from('foobar')],
		['“GEZD\u00a0GNBV\u200b GY3T–QOJQ GEZD GNBV GY3T QOJQ”', SECRET],
		[`otpauth://totp/example.com:alice?secret=${BASE32}&issuer=example.com`, SECRET],
		[
			`OTPAUTH://TOTP/alice?issuer=x&secret=${BASE32.toLowerCase()}&digits=6&period=30&algorithm=sha1`,
			SECRET,
		],
		['', undefined],
		[' \n', undefined],
	])('is read from %j', (text, secret) => {
		expect(parseTotpSecret(text)).toEqual(secret);
	});

	it.each([
		['the six digits of an app', '123456'],
		['a digit that is none', 'JBSWY3DPEHPK3PX1'],
		['a sign that is none', 'JBSWY3DP!'],
		['an address without a secret', 'otpauth://totp/x?issuer=JBSWY3DPEHPK3PXP'],
		['an address that breaks off', 'otpauth://'],
		['the export of an app', 'otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8'],
		['a different address', 'https://example.com/?secret=JBSWY3DPEHPK3PXP'],
		['a letter of another alphabet', 'JBSWY3DPEHPK3P\u0425P'],
		['dashes alone', '– –'],
		['padding in the middle', 'MY==MY=='],
		['padding alone', '===='],
		['a piece too few', 'MZXW6YTBO'],
		['a piece alone', 'JBSWY3DPA'],
		['letters of other scripts', 'ＪＢＳＷＹ３ＤＰ'],
	])('is not %s', (_case, text) => {
		const error = thrownBy(() => parseTotpSecret(text));
		expect(error).toMatchObject({
			kind: 'input',
			message: expect.stringContaining('“Two-Factor Secret”'),
		});
		expect(error.message + error.hint).not.toContain(text);
	});

	it.each(['algorithm=SHA256', 'digits=8', 'period=60'])('is not for codes with %s', (asked) => {
		const text = `otpauth://totp/x?secret=${BASE32}&${asked}`;
		expect(thrownBy(() => parseTotpSecret(text)).message).toBe(
			'“Two-Factor Secret” is for a different kind of code than cPanel’s',
		);
	});

	it('is not for codes that a counter makes', () => {
		const text = `otpauth://hotp/x?secret=${BASE32}&counter=1`;
		expect(thrownBy(() => parseTotpSecret(text)).message).toContain('a different kind of code');
	});

	it.each([
		['123456', 'It is a code, which works for 30 seconds only.'],
		['12345678', 'It is a code, which works for 30 seconds only.'],
		['123456789', 'It contains a character that no such key has.'],
		['A123456', 'It contains a character that no such key has.'],
		['otpauth-migration://offline?data=x', 'It is the export of an app, or it is incomplete.'],
		['x otpauth://totp/x', 'It contains a character that no such key has.'],
		['JBSWY3DPEHPK3P\u0425P', 'a letter that is not Latin (U+0425)'],
		['JBSWY3DP!', 'It contains a character that no such key has.'],
		['JBSWY3DPA', 'It is incomplete.'],
	])('is told what is wrong with %j', (text, reason) => {
		expect(thrownBy(() => parseTotpSecret(text)).hint).toContain(reason);
	});
});
