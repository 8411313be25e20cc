import { createHmac } from 'node:crypto';

/** A JSON Web Token, signed with HS256 as n8n's JWT node does it. */
export function signToken(claims: Record<string, unknown>, secret: string): string {
	const content = `${encodePart({ alg: 'HS256', typ: 'JWT' })}.${encodePart(claims)}`;
	return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}

/** One part of a token: JSON as Base64 for URLs. */
export function encodePart(part: Record<string, unknown>): string {
	return Buffer.from(JSON.stringify(part)).toString('base64url');
}
