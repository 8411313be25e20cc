import { Secret, TOTP } from 'otpauth';

/** The six digits that an authenticator app shows for a secret (base32) at a time (milliseconds). */
export function codeOf(secret: string, at: number): string {
	return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
}

/** Whether a code is the one of now, or of the half minute before or after: clocks differ. */
export function isCodeOf(secret: string, code: string, now: number): boolean {
	const totp = new TOTP({ secret: Secret.fromBase32(secret) });
	return totp.validate({ token: code, timestamp: now, window: 1 }) !== null;
}
