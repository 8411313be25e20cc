import { CpanelError } from '../../errors';
import type { HttpResponse } from '../../http/HttpTransport';
import { CHECK_SERVER_AND_PORT } from './advice';
import type { Front, FrontRole } from './fronts';
import { busy } from './serverTroubles';

/**
 * What an answer is told as that is not cPanel's: who gave it, and whom to ask about it. It says nothing about a
 * credential or a session, and is never counted as a refused sign-in.
 */
export function frontError(
	front: Front,
	{ status, retryAfter }: HttpResponse,
	{ url }: { url: string },
): CpanelError {
	const { host, hostname } = new URL(url);
	const role = roleFor(front.role, status);
	if (isBusy(role, status)) {
		const who = front.name === undefined ? '' : `, says ${front.name} in front of it`;
		const what = status === 429 ? 'asks for fewer requests' : 'is not available at the moment';
		return busy(`${host} ${what} (HTTP ${status})${who}`, status, retryAfter);
	}
	const [message, hint] = WORDS[role](front.name, host, hostname, status);
	return new CpanelError('answer', message, { hint, httpStatus: status });
}

/** Waiting helps against too many requests, and where a server is down; not where a browser is wanted. */
function isBusy(role: FrontRole, status: number): boolean {
	return (
		(status === 429 || status === 503) &&
		!['challenge', 'portal', 'proxy', 'suspension'].includes(role)
	);
}

/** Whoever passes requests on says with these that the server behind it did not answer. */
function roleFor(role: FrontRole, status: number): FrontRole {
	const unreached = [502, 504].includes(status) || (status >= 520 && status <= 530);
	return unreached && ['firewall', 'webServer', 'unknown', 'gateway'].includes(role)
		? 'gateway'
		: role;
}

type Words = (
	name: string | undefined,
	host: string,
	hostname: string,
	status: number,
) => [message: string, hint: string];

const NO_MATTER_OF_CREDENTIALS = 'This says nothing about the credential or the session.';

const WORDS: Record<FrontRole, Words> = {
	firewall: (name, host, _hostname, status) => [
		inPlace(name, host, status),
		`It did not let the request through. ${NO_MATTER_OF_CREDENTIALS} Ask the hosting provider to let the address of n8n through to cPanel’s ports, or for a name that leads to the server past ${name ?? 'it'}.`,
	],
	challenge: (name, host, _hostname, status) => [
		`${name ?? 'Something'} in front of cPanel at ${host} wants to see a browser (HTTP ${status})`,
		`n8n cannot pass such a check. ${NO_MATTER_OF_CREDENTIALS} Ask the hosting provider to except the address of n8n from it, or for a name that leads to the server past ${name ?? 'it'}.`,
	],
	gateway: (name, host, _hostname, status) => [
		`${name ?? 'Something'} in front of ${host} got no usable answer from the server behind it (HTTP ${status})`,
		'cPanel may be down or restarting: run the item again later. A content delivery network passes few ports on: ask the hosting provider for a name that leads to the server itself.',
	],
	proxy: (name, host, hostname, status) => [
		`${named(name, 'The proxy')} between n8n and ${host} answered in place of cPanel (HTTP ${status})`,
		`It is on the way out of n8n’s own network. ${NO_MATTER_OF_CREDENTIALS} Ask whoever runs this n8n to have the proxy let it through to ${host}, or to except ${hostname} from it (NO_PROXY).`,
	],
	portal: (_name, host, _hostname, status) => [
		`The network of n8n asks for a sign-in of its own in place of ${host} (HTTP ${status})`,
		'Ask whoever runs the network that n8n is in to let it out without a page to sign in on.',
	],
	webServer: (name, host, _hostname, status) => [
		inPlace(name, host, status),
		`A web server listens there, and no cPanel behind it answered. ${CHECK_SERVER_AND_PORT} If they are, ask the hosting provider.`,
	],
	suspension: (_name, host, _hostname, status) => [
		`${host} answered that the hosting account is suspended (HTTP ${status})`,
		'Only the hosting provider can lift that: ask there why. If the account is not suspended, check the server name.',
	],
	unknown: (name, host, _hostname, status) => [
		inPlace(name, host, status),
		`Nothing in the answer is cPanel’s: a firewall, a proxy or a content delivery network gave it. ${NO_MATTER_OF_CREDENTIALS} ${CHECK_SERVER_AND_PORT} Then ask the hosting provider, and whoever runs the network of n8n, what stands in between.`,
	],
};

function inPlace(name: string | undefined, host: string, status: number): string {
	return name === undefined
		? `Something else than cPanel answered at ${host} (HTTP ${status})`
		: `${name} answered in place of cPanel at ${host} (HTTP ${status})`;
}

function named(name: string | undefined, otherwise: string): string {
	return name === undefined ? otherwise : `${otherwise} ${name}`;
}
