import { identifySession } from '../../nodes/shared/cpanel/api/sessionOwner';
import type { ResponseIdentity } from '../../nodes/shared/http/HttpTransport';

const REST =
	':D7NiAZv1nf4bXeg9:CREATE_WEBMAIL_SESSION_FOR_MAIL_USER,728fb86a7df1cf20690c65f349ac3137';
const MAILBOX = { login: 'anna', domain: 'example.com' };

describe('the owner of a session', () => {
	it.each<[user: string, found: ResponseIdentity]>([
		['anna@example.com', { isOwn: true }],
		['Anna@Example.COM', { isOwn: true }],
		['anna%40example.com', { isOwn: true }],
		['%20anna%40example.com%20', { isOwn: true }],
		['ANNA%40example.com', { isOwn: true }],
		['anna@example.com.', { isOwn: false }],
		['anna@exa_mple.com', { isOwn: false }],
		['ben@example.com', { isOwn: false }],
		['ben%40example.com', { isOwn: false }],
		['anna@example.net', { isOwn: false }],
		['anna@sub.example.com', { isOwn: false }],
		['anna', { isOwn: true }],
		['alice', {}],
		['ALICE', {}],
		['ben', { seemsForeign: true }],
		['', {}],
		['jürgen+1 %25@example.com', {}],
		['@example.com', {}],
		['anna@', {}],
		['anna@ben@example.com', {}],
		['%', {}],
	])('is told by its user: %s', (user, found) => {
		const session = user + REST;
		expect(identifySession(session, { mailbox: MAILBOX, account: 'alice' })).toEqual({
			...found,
			unique: session,
		});
	});

	it('is not told by a local part that is the name of the account as well', () => {
		const session = `anna${REST}`;
		expect(identifySession(session, { mailbox: MAILBOX, account: 'anna' })).toEqual({
			unique: session,
		});
		expect(identifySession(session, { mailbox: MAILBOX })).toEqual({ unique: session });
	});

	it('is the same in a domain that is none', () => {
		const wanted = { mailbox: { login: 'anna', domain: 'a.b%c' }, account: 'alice' };
		expect(identifySession(`anna@a.b%25c${REST}`, wanted).isOwn).toBe(true);
		expect(identifySession(`anna@a.b%25d${REST}`, wanted).isOwn).toBe(false);
		expect(identifySession(`anna@b.b%25c${REST}`, wanted).isOwn).toBe(false);
	});

	it.each([
		['müller.example', 'xn--mller-kva.example'],
		['xn--mller-kva.example', 'müller.example'],
	])('is the same in either form of its domain: %s', (asked, named) => {
		const wanted = { mailbox: { login: 'anna', domain: asked }, account: 'alice' };
		expect(identifySession(`anna@${named}${REST}`, wanted).isOwn).toBe(true);
	});

	it.each<[user: string, found: ResponseIdentity]>([
		['alice', { isOwn: true }],
		['bob', { seemsForeign: true }],
		['alice@example.com', {}],
	])('may be the account itself: %s', (user, found) => {
		const session = user + REST;
		expect(identifySession(session, { account: 'alice' })).toEqual({ ...found, unique: session });
	});
});
