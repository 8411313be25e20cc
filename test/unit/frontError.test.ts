import { intermediaryError } from '../../nodes/shared/cpanel/response/intermediary';
import type { IntermediaryRole } from '../../nodes/shared/cpanel/response/intermediary';
import { response } from './fakeTransport';
import { ours } from './thrown';

const HOST = 'cpanel.example.com:2083';

const told = (role: IntermediaryRole, status: number, name?: string, retryAfter?: number) =>
	ours(
		intermediaryError({ role, name }, response({ status, retryAfter }), {
			url: `https://${HOST}/x`,
		}),
	);

describe('what is told of an answer that is not cPanel’s', () => {
	it.each<[IntermediaryRole, string | undefined, string, RegExp]>([
		['firewall', 'X', `X answered in place of cPanel at ${HOST} (HTTP 403)`, /server past X\.$/],
		[
			'firewall',
			undefined,
			`Something else than cPanel answered at ${HOST} (HTTP 403)`,
			/^It did not let the request through.+server past it\.$/,
		],
		[
			'challenge',
			'X',
			`X in front of cPanel at ${HOST} wants to see a browser (HTTP 403)`,
			/server past X\.$/,
		],
		[
			'challenge',
			undefined,
			`Something in front of cPanel at ${HOST} wants to see a browser (HTTP 403)`,
			/^n8n cannot pass.+server past it\.$/,
		],
		[
			'gateway',
			'X',
			`X in front of ${HOST} got no usable answer from the server behind it (HTTP 403)`,
			/^cPanel may be down/,
		],
		[
			'gateway',
			undefined,
			`Something in front of ${HOST} got no usable answer from the server behind it (HTTP 403)`,
			/^cPanel may be down/,
		],
		[
			'proxy',
			'X',
			`The proxy X between n8n and ${HOST} answered in place of cPanel (HTTP 403)`,
			/except cpanel\.example\.com from it/,
		],
		[
			'proxy',
			undefined,
			`The proxy between n8n and ${HOST} answered in place of cPanel (HTTP 403)`,
			/through to cpanel\.example\.com:2083,/,
		],
		[
			'portal',
			undefined,
			`The network of n8n asks for a sign-in of its own in place of ${HOST} (HTTP 403)`,
			/whoever runs the network/,
		],
		[
			'webServer',
			'X',
			`X answered in place of cPanel at ${HOST} (HTTP 403)`,
			/^A web server listens there/,
		],
		[
			'suspension',
			undefined,
			`${HOST} answered that the hosting account is suspended (HTTP 403)`,
			/^Only the hosting provider/,
		],
		[
			'unknown',
			undefined,
			`Something else than cPanel answered at ${HOST} (HTTP 403)`,
			/^Nothing in the answer is cPanel’s/,
		],
	])('by a %s called %s', (role, name, message, hint) => {
		expect(told(role, 403, name)).toMatchObject({
			kind: 'answer',
			httpStatus: 403,
			message,
			hint: expect.stringMatching(hint),
		});
	});

	it.each<IntermediaryRole>(['firewall', 'challenge', 'proxy', 'unknown'])(
		'says nothing about the credential: %s',
		(role) => expect(told(role, 403).hint).toContain('says nothing about the credential'),
	);

	it.each([502, 504, 520, 530])('is a server that is not reached, with %i', (status) => {
		for (const role of ['firewall', 'webServer', 'unknown', 'gateway'] as const) {
			expect(told(role, status).hint).toMatch(/^cPanel may be down/);
		}
		for (const role of ['challenge', 'portal', 'proxy', 'suspension'] as const) {
			expect(told(role, status).hint).not.toMatch(/^cPanel may be down/);
		}
	});

	it.each([501, 503, 505, 519, 531])('is the server’s own affair with %i', (status) => {
		expect(told('unknown', status).hint).not.toMatch(/^cPanel may be down/);
	});

	it.each([
		[429, 'asks for fewer requests'],
		[503, 'is not available at the moment'],
	])('may be that it is too busy (%i)', (status, what) => {
		for (const role of ['firewall', 'webServer', 'unknown', 'gateway'] as const) {
			expect(told(role, status, 'X', 7)).toMatchObject({
				kind: 'busy',
				retryAfter: 7,
				httpStatus: status,
				message: `${HOST} ${what} (HTTP ${status}), says X in front of it`,
			});
			expect(told(role, status).message).toBe(`${HOST} ${what} (HTTP ${status})`);
		}
		for (const role of ['challenge', 'portal', 'proxy', 'suspension'] as const) {
			expect(told(role, status).kind).toBe('answer');
		}
	});
});
