import { parse, type DefaultTreeAdapterMap } from 'parse5';
import { Agent, request } from 'undici';

type TreeNode = DefaultTreeAdapterMap['node'];
type TreeElement = DefaultTreeAdapterMap['element'];

const MOST_REDIRECTS = 5;

/** What a person sees after a request and the redirects that followed. */
export interface Page {
	url: string;
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: string;
	title: string;
}

interface Submission {
	method: 'GET' | 'HEAD' | 'POST';
	/** The fields of a form; sent as multipart if they come as `FormData`. */
	form?: URLSearchParams | FormData;
}

/** A person with a browser: follows redirects, keeps cookies, submits forms. Runs no scripts. */
export class Visitor {
	private readonly agent: Agent;
	/** By host, then by name. */
	private readonly cookies = new Map<string, Map<string, string>>();

	/**
	 * @param address the loopback address the visitor comes from
	 * @param authority the certificate (PEM) that the visitor trusts
	 */
	constructor(address: string, authority: string) {
		this.agent = new Agent({ localAddress: address, connect: { ca: authority } });
	}

	/** Opens a page. */
	async open(url: string, submission: Submission = { method: 'GET' }): Promise<Page> {
		let next: URL | undefined = new URL(url);
		let { method, form } = submission;
		for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
			const here: URL = next;
			const { headers, body } = await encode(form);
			const response = await request(here, {
				dispatcher: this.agent,
				method,
				headers: { ...headers, cookie: this.cookieHeader(here.host) },
				body,
				headersTimeout: 30_000,
			});
			this.keepCookies(here.host, [response.headers['set-cookie'] ?? []].flat());
			const text = await response.body.text();
			const { location } = response.headers;
			if (response.statusCode < 300 || response.statusCode > 399 || typeof location !== 'string') {
				return {
					url: here.href,
					status: response.statusCode,
					headers: response.headers,
					body: text,
					title: titleOf(text),
				};
			}
			next = new URL(location, here);
			const repeats = response.statusCode === 307 || response.statusCode === 308;
			if (!repeats) [method, form] = ['GET', undefined];
		}
		throw new Error(`More than ${MOST_REDIRECTS} redirects from ${url}`);
	}

	/** Does with a link what filters of mails do: looks, in every way they have, and more than once. */
	async scan(url: string): Promise<Page[]> {
		const pages: Page[] = [];
		for (const method of ['HEAD', 'GET', 'HEAD', 'GET'] as const) {
			pages.push(await this.open(url, { method }));
		}
		return pages;
	}

	/** Presses the button of the form on a page. */
	async submit(page: Page): Promise<Page> {
		const [form] = find(parse(page.body), 'form');
		if (!form) throw new Error(`There is no form on “${page.title}”.`);
		const target = new URL(attribute(form, 'action'), page.url);
		const fields = new URLSearchParams();
		for (const input of find(form, 'input')) {
			fields.append(attribute(input, 'name'), attribute(input, 'value'));
		}
		if (attribute(form, 'method').toLowerCase() === 'post') {
			return await this.open(target.href, { method: 'POST', form: fields });
		}
		target.search = fields.toString();
		return await this.open(target.href);
	}

	/** Closes the connections. */
	async leave(): Promise<void> {
		await this.agent.destroy();
	}

	private cookieHeader(host: string): string {
		const cookies = this.cookies.get(host) ?? new Map<string, string>();
		return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	}

	private keepCookies(host: string, lines: string[]): void {
		const cookies = this.cookies.get(host) ?? new Map<string, string>();
		for (const line of lines) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			cookies.set(name, value);
		}
		this.cookies.set(host, cookies);
	}
}

async function encode(
	form: Submission['form'],
): Promise<{ headers: Record<string, string>; body?: Buffer }> {
	if (!form) return { headers: {} };
	const encoded = new Response(form);
	return {
		headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
		body: Buffer.from(await encoded.arrayBuffer()),
	};
}

function titleOf(html: string): string {
	const [title] = find(parse(html), 'title');
	const [text] = title?.childNodes ?? [];
	return text && 'value' in text ? text.value : '';
}

function find(node: TreeNode, tagName: string): TreeElement[] {
	const children = 'childNodes' in node ? node.childNodes : [];
	return children.flatMap((child) => [
		...('tagName' in child && child.tagName === tagName ? [child] : []),
		...find(child, tagName),
	]);
}

function attribute(element: TreeElement, name: string): string {
	return element.attrs.find((each) => each.name === name)?.value ?? '';
}
