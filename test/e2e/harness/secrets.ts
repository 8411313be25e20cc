import { SEED, type AccountSeed } from '../../cpsrvd';
import type { RunningN8n } from './n8n';

/** What must be found in no log and in no stored execution. */
const SECRETS = Object.values<AccountSeed>(SEED).flatMap(
	({ apiToken, password, mailboxes = {} }) => [
		...(apiToken ? [apiToken] : []),
		password,
		...Object.values(mailboxes).map((mailbox) => mailbox.password),
	],
);

/** The places where n8n wrote a secret: its log, or the data of an execution. */
export async function leaks(n8n: RunningN8n, more: string[] = []): Promise<string[]> {
	const places = [
		{ name: 'the log', text: n8n.log() },
		...(await n8n.executions()).map(({ id, stored }) => ({
			name: `execution ${id}`,
			text: stored,
		})),
	];
	return places.flatMap(({ name, text }) =>
		[...SECRETS, ...more]
			.filter((secret) => forms(secret).some((form) => text.includes(form)))
			.map((secret) => `${secret} in ${name}`),
	);
}

/** A secret as it is, and as it looks in JSON, in a URL and in a form. */
function forms(secret: string): string[] {
	return [
		secret,
		JSON.stringify(secret).slice(1, -1),
		encodeURIComponent(secret),
		new URLSearchParams({ secret }).toString().slice('secret='.length),
	];
}
