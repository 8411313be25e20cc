import { parse } from 'parse5';
import type { DefaultTreeAdapterMap } from 'parse5';
import { Agent, request } from 'undici';

import { loginStep, sessionStep, tokenCredential, useCpsrvd } from './harness/cpanel';
import { runChain } from '../engine/engine';

type Element = DefaultTreeAdapterMap['element'];
type Node = DefaultTreeAdapterMap['node'];

const cpsrvd = useCpsrvd();

let browser: Agent;
beforeAll(() => {
	browser = new Agent({ connect: { rejectUnauthorized: false } });
});
afterAll(async () => await browser.close());

function elements(node: Node): Element[] {
	const own = 'tagName' in node ? [node] : [];
	const children = 'childNodes' in node ? node.childNodes : [];
	return [...own, ...children.flatMap(elements)];
}

function attributes(element: Element | undefined): Record<string, string> {
	return Object.fromEntries((element?.attrs ?? []).map(({ name, value }) => [name, value]));
}

/** The form of a page, as a browser would send it. */
function formOf(html: string): {
	method: string;
	action: string;
	fields: Record<string, string>;
	tags: string[];
} {
	const all = elements(parse(html));
	const forms = all.filter(({ tagName }) => tagName === 'form');
	expect(forms).toHaveLength(1);
	const { method = '', action = '' } = attributes(forms[0]);
	const inputs = all.filter(({ tagName }) => tagName === 'input').map(attributes);
	return {
		method,
		action,
		fields: Object.fromEntries(inputs.map(({ name, value }) => [name ?? '', value ?? ''])),
		tags: all.map(({ tagName }) => tagName),
	};
}

const page = async (method: string, options = {}) => {
	const chain = await runChain({
		credential: tokenCredential(cpsrvd()),
		steps: [sessionStep(), loginStep({ operation: 'createPage', method, options })],
	});
	return { session: chain.output(0)?.[0]?.json, item: chain.output(1)?.[0] };
};

describe.each(['post', 'get'])('a page that sends its form by %s', (method) => {
	test('logs in', async () => {
		const { session, item } = await page(method, { gotoUri: '/3rdparty/roundcube/index.php' });

		const { action, fields, ...form } = formOf(item?.json.html as string);
		expect(form.method).toBe(method);
		expect(fields).toEqual({
			session: session?.session,
			goto_uri: '/3rdparty/roundcube/index.php',
		});
		const query = new URLSearchParams(fields).toString();
		const response = await (method === 'post'
			? request(action, {
					dispatcher: browser,
					method: 'POST',
					headers: { 'content-type': 'application/x-www-form-urlencoded' },
					body: query,
				})
			: request(`${action}?${query}`, { dispatcher: browser }));
		await response.body.dump();
		expect(response.statusCode).toBe(307);
		expect(response.headers.location).toMatch(/^\/cpsess\d+\/3rdparty\/roundcube\/index\.php$/);
	});

	test('comes as binary data, too, ready to be answered with', async () => {
		const { item } = await page(method);
		const { data, mimeType, fileName } = item?.binary?.data ?? {};
		expect({ mimeType, fileName }).toEqual({ mimeType: 'text/html', fileName: 'webmail.html' });
		expect(Buffer.from(data ?? '', 'base64').toString('utf8')).toBe(item?.json.html);
		expect(item?.pairedItem).toEqual({ item: 0 });
	});
});

describe('a link', () => {
	test('logs in whoever opens it first', async () => {
		cpsrvd().switches.sessionUser = 'jürgen+1 %25@example.com';
		const chain = await runChain({
			credential: tokenCredential(cpsrvd()),
			steps: [
				sessionStep(),
				loginStep({
					operation: 'createLink',
					options: { gotoUri: '/3rdparty/roundcube/index.php?_task=mail&x=1', locale: 'DE' },
				}),
			],
		});

		expect(chain.output(1)?.[0]?.json).toEqual({ url: expect.any(String) });
		expect(cpsrvd().journal.entries).toHaveLength(1);
		const url = chain.output(1)?.[0]?.json.url as string;
		expect(url).toMatch(/^https:\/\/[\d.]+:2096\/cpsess\d{10}\/login\/\?session=[^ +]+$/);
		const response = await request(url, { dispatcher: browser });
		await response.body.dump();
		expect(response.statusCode).toBe(307);
		expect(response.headers.location).toMatch(/\/roundcube\/index\.php\?_task=mail&x=1$/);
		expect(cpsrvd().journal.entries.at(-1)?.query).toEqual({
			session: chain.output(0)?.[0]?.json.session,
			goto_uri: '/3rdparty/roundcube/index.php?_task=mail&x=1',
			locale: 'de',
		});
	});
});
