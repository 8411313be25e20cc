import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';

import { parse } from 'parse5';
import type { DefaultTreeAdapterMap } from 'parse5';

import { chooseLanguage } from '../../nodes/CpanelWebmailLogin/page/language';
import { loginPage } from '../../nodes/CpanelWebmailLogin/page/pages';
import { builtInPage } from './builtInPage';
import { parseHost } from '../../nodes/shared/cpanel/input/host';
import type { LoginTicket } from '../../nodes/shared/cpanel/input/loginTicket';

type Element = DefaultTreeAdapterMap['element'];

const TICKET: LoginTicket = {
	host: parseHost('mail.example.com', 2096, 'Host'),
	token: '/cpsess123',
	session: 'anna@example.com:abc:TAG,0123456789',
};
const METHODS = ['get', 'post'] as const;

/** The elements of a page as a browser sees them, in order. */
function elements(html: string): Element[] {
	const found: Element[] = [];
	const visit = (node: DefaultTreeAdapterMap['node']): void => {
		if ('tagName' in node) found.push(node);
		if ('childNodes' in node) node.childNodes.forEach(visit);
	};
	visit(parse(html));
	return found;
}

function named(html: string, tagName: string): Element[] {
	return elements(html).filter((element) => element.tagName === tagName);
}

function attribute(element: Element | undefined, name: string): string | undefined {
	return element?.attrs.find((candidate) => candidate.name === name)?.value;
}

function textOf(element: Element | undefined): string {
	const [text] = element?.childNodes ?? [];
	return text !== undefined && 'value' in text ? text.value : '';
}

/** What a browser would send: the fields of all forms. */
function fields(html: string): Array<[string | undefined, string | undefined]> {
	return named(html, 'input').map((input) => {
		expect(attribute(input, 'type')).toBe('hidden');
		return [attribute(input, 'name'), attribute(input, 'value')];
	});
}

/** The shape of a page: its elements and the names of their attributes, without their values. */
function shape(html: string): string[] {
	return elements(html).map(({ tagName, attrs }) =>
		[tagName, ...attrs.map(({ name }) => name)].join(' '),
	);
}

function directives(html: string): Record<string, string> {
	const policy = named(html, 'meta').find(
		(meta) => attribute(meta, 'http-equiv') === 'Content-Security-Policy',
	);
	return Object.fromEntries(
		(attribute(policy, 'content') ?? '').split('; ').map((directive) => {
			const [name = '', ...rest] = directive.split(' ');
			return [name, rest.join(' ')];
		}),
	);
}

function hashOf(text: string): string {
	return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

describe.each(METHODS)('a login page with method %s', (method) => {
	const html = builtInPage({ ...TICKET, gotoUri: '/3rdparty/x?a=b&c=d', locale: 'de' }, method);

	it('has nothing that looks like a mail address to whatever rewrites pages', () => {
		const { html: page } = loginPage({ ...TICKET, gotoUri: '/?to=d@example.com' }, method, {
			language: chooseLanguage({}),
			look: { logoUrl: new URL('https://cdn.example/@logo.png') },
			title: 'a@example.com',
			text: 'b@example.com',
			button: 'c@example.com',
			formAction: 'https:',
		});
		expect(page).not.toContain('@');
		expect(fields(page)).toContainEqual(['session', TICKET.session]);
	});

	it('has one form, which sends the ticket to Webmail', () => {
		const forms = named(html, 'form');
		expect(forms).toHaveLength(1);
		expect(attribute(forms[0], 'method')).toBe(method);
		expect(attribute(forms[0], 'action')?.replace(/\/$/, '')).toBe(
			'https://mail.example.com:2096/cpsess123/login',
		);
		expect(fields(html)).toEqual([
			['session', TICKET.session],
			['goto_uri', '/3rdparty/x?a=b&c=d'],
			['locale', 'de'],
		]);
	});

	it('has a button for a browser without scripts', () => {
		const buttons = named(html, 'button');
		expect(buttons.map((button) => attribute(button, 'type'))).toEqual(['submit']);
		expect(textOf(buttons[0])).toBe('Open Webmail');
		expect(attribute(buttons[0], 'name')).toBeUndefined();
	});

	it('leaves out what was not chosen', () => {
		expect(fields(builtInPage(TICKET, method))).toEqual([['session', TICKET.session]]);
	});

	it('allows its own style and script, by their hashes, and nothing else', () => {
		const styles = named(html, 'style');
		const scripts = named(html, 'script');
		expect([styles.length, scripts.length]).toEqual([1, 1]);
		expect(directives(html)).toEqual({
			'default-src': "'none'",
			'style-src': hashOf(textOf(styles[0])),
			'script-src': hashOf(textOf(scripts[0])),
			'form-action': 'https:',
			'base-uri': "'none'",
		});
		expect(html).not.toMatch(/\son\w+=|\sstyle=|javascript:/i);
	});

	it('declares its policy before anything that it governs', () => {
		const order = shape(html);
		const policy = order.indexOf('meta http-equiv content');
		expect(policy).toBeGreaterThan(-1);
		for (const governed of ['style', 'script'])
			expect(order.indexOf(governed)).toBeGreaterThan(policy);
	});

	it('gives no referrer, and is in no index', () => {
		const metas = named(html, 'meta').map((meta) => [
			attribute(meta, 'name'),
			attribute(meta, 'content'),
		]);
		expect(metas).toContainEqual(['referrer', 'no-referrer']);
		expect(metas).toContainEqual(['robots', 'noindex']);
	});

	it('is a proper page in UTF-8', () => {
		expect(html).toMatch(/^<!doctype html>/i);
		expect(attribute(named(html, 'meta')[0], 'charset')).toBe('utf-8');
		expect(html.indexOf('charset')).toBeLessThan(1024);
		expect(attribute(named(html, 'html')[0], 'lang')).toBe('en');
	});

	it('loads nothing, and names no address but Webmail’s', () => {
		expect(html.match(/\b(https?:)?\/\/[^\s"'<]+/g)).toEqual([
			expect.stringMatching(/^https:\/\/mail\.example\.com:2096\/cpsess123\/login\/?$/),
		]);
		const attributes = elements(html).flatMap(({ attrs }) => attrs.map(({ name }) => name));
		for (const name of ['src', 'href', 'srcset', 'data', 'formaction', 'background']) {
			expect(attributes).not.toContain(name);
		}
	});

	it.each([
		['quotes', `"'\`'"`],
		['tags', '"><script>alert(1)</script><img src=x onerror=alert(1)>'],
		['the end of its own elements', '</form></style></script></title></main></body></html>'],
		['comments', '--><!-- --!>'],
		['entities', '&amp;&quot;&#39;&lt;&gt;&notit;&#x22;&'],
		['templates', '${x} {{ $json }} <%= x %> $& $1'],
		['line ends', '\r\n\r\n\n a \r'],
		['blanks', '  \t  '],
		['a URL of script', 'javascript:alert(1)'],
		['other scripts', 'ä電😀\u202e\u2028\u2029\ufeff'],
		['control characters', '\u0001\u0008\u000b\u000c\u001f\u007f\u0085'],
		['another form', '" form="x" formaction="https://evil.example'],
		['much', '<'.repeat(20_000)],
		['nothing', ''],
	])('brings a hostile value to the server unchanged, and stays as it was: %s', (_case, text) => {
		const hostile = builtInPage({ ...TICKET, session: text, gotoUri: text, locale: text }, method);
		expect(shape(hostile)).toEqual(shape(html));
		expect(fields(hostile)).toEqual([
			['session', text],
			['goto_uri', text],
			['locale', text],
		]);
		expect(directives(hostile)).toEqual(directives(html));
		expect(named(hostile, 'script').map(textOf)).toEqual(named(html, 'script').map(textOf));
	});

	it('stays as it was if the address itself is hostile', () => {
		const token = '/cpsess1"><script>alert(1)</script>';
		const hostile = builtInPage({ ...TICKET, token, gotoUri: '/', locale: 'de' }, method);
		expect(shape(hostile)).toEqual(shape(html));
		expect(attribute(named(hostile, 'form')[0], 'action')).toContain(token);
	});
});

describe('the script of a login page', () => {
	/** Runs it in a browser that knows just what it needs. */
	function run(browser: { requestSubmit: boolean }) {
		const button = { disabled: false };
		const sent: Array<{ disabled: boolean }> = [];
		const listeners: Array<() => void> = [];
		const submit = (): void => void sent.push({ ...button });
		const form = {
			addEventListener: (type: string, listener: () => void) => {
				if (type === 'submit') listeners.push(listener);
			},
			// as browsers do: an event for requestSubmit(), and none for submit()
			submit,
			requestSubmit: browser.requestSubmit
				? () => {
						for (const listener of listeners) listener();
						submit();
					}
				: undefined,
		};
		const byId: Record<string, unknown> = { login: form, open: button };
		const [script] = named(builtInPage(TICKET, 'post'), 'script');
		runInNewContext(textOf(script), { document: { getElementById: (id: string) => byId[id] } });
		return { button, sent, listeners };
	}

	it.each([
		['a browser of today', { requestSubmit: true }],
		['an old browser', { requestSubmit: false }],
	])('sends the form once, and its button is of no use from then on: %s', (_case, browser) => {
		const { button, sent } = run(browser);
		expect(sent).toHaveLength(1);
		expect(button.disabled).toBe(true);
	});

	it('leaves the button of no use also after a click', () => {
		const { button, listeners } = run({ requestSubmit: false });
		button.disabled = false;
		for (const listener of listeners) listener();
		expect(button.disabled).toBe(true);
	});
});

describe('the addresses of login pages', () => {
	it.each([
		['post', 'https://mail.example.com:2096/cpsess123/login'],
		['get', 'https://mail.example.com:2096/cpsess123/login/'],
	] as const)('are those cPanel knows: %s', (method, action) => {
		const [form] = named(builtInPage(TICKET, method), 'form');
		expect(attribute(form, 'action')).toBe(action);
	});
});
