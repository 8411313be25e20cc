import {
	hostForMessage,
	judgeRedirect,
	leadsToLogin,
	targetOf,
} from '../../nodes/shared/cpanel/response/redirects';
import type { Asked, Target } from '../../nodes/shared/cpanel/response/redirects';
import type { Sender } from '../../nodes/shared/cpanel/response/intermediary';
import type { CpanelError } from '../../nodes/shared/errors';
import { plainPage } from '../cpsrvd/pages';
import { response } from './fakeTransport';
import { thrownBy } from './thrown';

const HOST = 'cpanel.example.com:2083';
const URL_OF_CALL = `https://${HOST}/execute/x`;
const NGINX: Sender = { name: 'nginx', role: 'webServer' };

/** What a redirect to this address is told as. */
function judged(
	location: string | undefined,
	{
		sender = 'cPanel',
		body = '',
		...asked
	}: Partial<Asked> & { sender?: Sender; body?: string } = {},
): CpanelError {
	return thrownBy(() => {
		const verdict = judgeRedirect(response({ status: 302, location, body }), sender, {
			url: URL_OF_CALL,
			secrets: [],
			...asked,
		});
		throw verdict === 'signInRefused' ? new Error(verdict) : verdict;
	});
}

describe('where a redirect leads', () => {
	it.each<[string | undefined, Partial<Target> | undefined]>([
		['/x?y', { host: HOST, isSameServer: true, isSameName: true, port: '2083', path: '/x' }],
		[undefined, { host: HOST, isSameServer: true, path: '' }],
		[
			'https://cpanel.example.com/x',
			{ host: 'cpanel.example.com', isSameServer: false, isSameName: true, port: '443' },
		],
		['http://cpanel.example.com/x', { isSameServer: true }],
		['http://cpanel.example.com:2082/x', { isSameServer: true }],
		['http://else.example/x', { isSameServer: false, isSameName: false }],
		['https://cpanel.example.com:8443/x', { isSameServer: false, isSameName: true, port: '8443' }],
		['https://else.example:2083/x', { isSameServer: false, isSameName: false }],
		['https://', undefined],
		['javascript:x', undefined],
	])('is read from %j', (location, target) => {
		const found = targetOf(location, URL_OF_CALL);
		if (target === undefined) expect(found).toBeUndefined();
		else expect(found).toMatchObject(target);
	});

	it.each([
		['/login', true],
		['/logout/', true],
		['/LOGIN/?x', true],
		['/cpsess0123/login', true],
		['/loginx', false],
		['/cpsess/login', false],
		['/x/login', false],
		['https://else.example/login', false],
	])('is the page to log in with, or not: %s', (location, leads) => {
		expect(leadsToLogin(targetOf(location, URL_OF_CALL))).toBe(leads);
	});

	it('is nowhere without a target', () => expect(leadsToLogin(undefined)).toBe(false));

	it.each([
		['else.example', 'else.example'],
		['a'.repeat(100), 'a'.repeat(100)],
		['a'.repeat(101), 'an address that this message does not repeat'],
		['secret0123.example', 'an address that this message does not repeat'],
	])('is named where that gives nothing away: %s', (host, named) => {
		const target: Target = { host, isSameServer: false, isSameName: false, port: '443', path: '/' };
		expect(hostForMessage(target, ['SECRET0123'])).toBe(named);
	});
});

describe('a redirect in place of an answer', () => {
	it('to the page to log in with is cPanel’s refusal, unless somebody else sent it', () => {
		expect(() => judged('/login')).toThrow('signInRefused');
		expect(judged('/login', { sender: NGINX }).message).toBe(
			`${HOST} redirects to ${HOST}, which n8n did not follow`,
		);
	});

	it('beside a page about the license is told as that', () => {
		const body = plainPage('License', 'License expired');
		expect(judged('/x', { body }).message).toBe(`The cPanel license of ${HOST} has expired`);
		expect(judged('/x', { body: 'License expired' }).message).toContain('redirects to');
		expect(judged('/x', { body: plainPage('Hi', 'Moved') }).message).toContain('redirects to');
	});

	it.each([
		['/cgi-sys/suspendedpage.cgi', /hosting account is suspended/],
		['/cgi-sys/defaultwebpage.cgi', /^Another service answered instead of cPanel at/],
	])('to a page of the web server is told as what it is: %s', (location, message) => {
		expect(judged(location).message).toMatch(message);
	});

	it('to the page of a web server without a site names the server', () => {
		const error = judged('/cgi-sys/defaultwebpage.cgi', { sender: NGINX });
		expect(error).toMatchObject({
			message: `nginx answered instead of cPanel at ${HOST} (HTTP 302)`,
			hint: expect.stringContaining('A web server listens there'),
		});
	});

	it.each<[string | undefined, string, RegExp]>([
		['/x', HOST, /^cPanel does not redirect API calls to another page of the same server/],
		[undefined, HOST, /^cPanel does not redirect API calls/],
		['https://', 'an address that it does not name', /^cPanel does not redirect API calls/],
		[
			'https://cpanel.example.com:8443/x',
			'cpanel.example.com:8443',
			/^n8n sends a credential only to its own port.+as in cpanel\.example\.com:8443\./,
		],
		['https://else.example/x', 'else.example', /^n8n sends a credential only to its own server/],
	])('is told by where it leads: %j', (location, leadsTo, hint) => {
		expect(judged(location)).toMatchObject({
			kind: 'answer',
			httpStatus: 302,
			message: `${HOST} redirects to ${leadsTo}, which n8n did not follow`,
			hint: expect.stringMatching(hint),
		});
	});

	it('of a login is told as that', () => {
		expect(judged('https://else.example/x', { carries: 'session' })).toMatchObject({
			message: `${HOST} answered the login with a redirect to else.example, which n8n did not follow`,
			hint: expect.stringMatching(/^n8n sends a session only to its own server/),
		});
	});
});
