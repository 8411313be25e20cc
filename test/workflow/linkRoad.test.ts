import { parse } from 'parse5';
import type { DefaultTreeAdapterMap } from 'parse5';

import { ask } from '../contract/accessLinks/ask';
import { tokenOf } from '../contract/accessLinks/links';
import { INJECTED, startRewritingProxy } from '../contract/accessLinks/rewritingProxy';
import type { RewritingProxy } from '../contract/accessLinks/rewritingProxy';
import type { PublishedTrigger } from '../engine/trigger';
import { useTriggers } from './harness/accessLinks';
import { useCpsrvd } from './harness/cpanel';

type Node = DefaultTreeAdapterMap['node'];

const server = useCpsrvd();
const publish = useTriggers(server);

describe.each([
	['leaves alone what says no-transform', { obeys: true }],
	['asks nobody', { obeys: false }],
])('behind a proxy that rewrites pages and %s', (_, options) => {
	let trigger: PublishedTrigger;
	let proxy: RewritingProxy;
	beforeEach(async () => {
		trigger = await publish();
		proxy = await startRewritingProxy(trigger.url, options);
	});
	afterEach(async () => await proxy.stop());

	it('the page names the mailbox, forbids what was put into it, and its form opens the mailbox', async () => {
		const token = tokenOf();
		const url = proxy.addressOf(trigger.url);
		const { body, headers } = await ask(url, { method: 'GET', token: `${token}.` });
		expect(body.includes(INJECTED)).toBe(!options.obeys);
		const [policy] = headers['content-security-policy'] ?? [];
		expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-/);
		expect(policy).not.toContain('script-src');
		const page = textsAndFields(parse(body));
		expect(page.texts).toContain('anna@example.com');
		expect(page.fields).toEqual({ t: token });

		const pressed = await ask(url, { method: 'POST', token: page.fields.t ?? '' });
		expect(pressed.status).toBe(303);
	});

	it.each<[string, () => void]>([
		['refuses', () => (server().switches.featureOff = ['Session'])],
		['is out of order', () => (server().switches.executeStatus = 500)],
		['hangs up', () => (server().switches.reset = 'before-answer')],
		['is busy', () => (server().switches.busy = { status: 503 })],
	])('the visitor reads the code of the incident where cPanel %s', async (__, prepare) => {
		prepare();
		const { body } = await ask(proxy.addressOf(trigger.url), { method: 'POST', token: tokenOf() });
		await trigger.settled();
		const incident = trigger.executions[0]?.[1]?.[0]?.incident;
		expect(incident).toMatch(/^\w{6}$/);
		expect(body).toContain(incident);
	});
});

/** What a page shows and sends, as a browser reads it. */
function textsAndFields(root: Node): { texts: string[]; fields: Record<string, string> } {
	const texts: string[] = [];
	const fields: Record<string, string> = {};
	const visit = (node: Node): void => {
		if ('value' in node) texts.push(node.value);
		if ('tagName' in node && node.tagName === 'input') {
			const of = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
			fields[of.name ?? ''] = of.value ?? '';
		}
		if ('childNodes' in node) node.childNodes.forEach(visit);
	};
	visit(root);
	return { texts, fields };
}
