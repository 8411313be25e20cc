import { cookieValue, type Service } from './sessions';
import type { Switches } from './switches';

/** The name of the session cookie of each service. */
export const SESSION_COOKIE = {
	cpanel: 'cpsession',
	webmail: 'webmailsession',
	whm: 'whostmgrsession',
} as const;

const RELOGIN_COOKIE = {
	cpanel: 'cprelogin',
	webmail: 'webmailrelogin',
	whm: 'whostmgrrelogin',
} as const;
const WELL_KNOWN_PORT = { cpanel: 2083, webmail: 2096, whm: 2087 } as const;
const ONE_YEAR_IN_SECONDS = 365 * 24 * 60 * 60;

/** The cookies of somebody who just logged in. */
export function loginCookies(service: Service, value: string, switches: Switches): string[] {
	const sameSite = switches.cookieSameSite ? `; SameSite=${switches.cookieSameSite}` : '';
	return [
		sessionCookie(service, value) + sameSite,
		`${RELOGIN_COOKIE[service]}=no; HttpOnly; path=/; port=${WELL_KNOWN_PORT[service]}; secure`,
	];
}

/** The cookie for nobody: its user is empty. It comes with every login page. */
export function preAuthCookie(service: Service): string {
	return sessionCookie(service, cookieValue(''));
}

/** The cookie for the language that was asked for at the login. */
export function localeCookie(locale: string): string {
	return `session_locale=${encode(locale)}; path=/; Max-Age=${ONE_YEAR_IN_SECONDS}; secure`;
}

function sessionCookie(service: Service, value: string): string {
	const port = WELL_KNOWN_PORT[service];
	return `${SESSION_COOKIE[service]}=${encode(value)}; HttpOnly; path=/; port=${port}; secure`;
}

/** Percent-encoding in lower case, as the real cookies have it. */
function encode(value: string): string {
	return encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
}
