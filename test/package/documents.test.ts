import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { loadPackage } from '../engine/nodeTypes';

const ROOT = join(__dirname, '..', '..');
const PROJECT = 'https://github.com/n8n-nodes-cpanel-session/n8n-nodes-cpanel-session';
const RAW =
	'https://raw.githubusercontent.com/n8n-nodes-cpanel-session/n8n-nodes-cpanel-session/main/';

describe('the README', () => {
	it('is read in one sitting', async () => {
		const text = await readFile(join(ROOT, 'README.md'), 'utf8');
		expect(text.split('\n').length).toBeLessThanOrEqual(180);
		expect(text.split(/\s+/).length).toBeLessThanOrEqual(1300);
	});

	it('has an address for each example, from which n8n can import it', async () => {
		const text = await readFile(join(ROOT, 'README.md'), 'utf8');
		const named = [...text.matchAll(/`(https:\/\/raw[^`]+)`/g)].map(([, address = '']) => address);
		const examples = await readdir(join(ROOT, 'workflows'));
		expect(named.sort()).toEqual(examples.map((name) => `${RAW}workflows/${name}`).sort());
	});
});

it('n8n is given pages of documentation, and no place on a page: it appends a query', async () => {
	const { nodes, credentials } = await loadPackage('sources');
	const codexFiles = (await readdir(join(ROOT, 'nodes'), { recursive: true }))
		.filter((file) => file.endsWith('.node.json'))
		.map(async (file) => await readFile(join(ROOT, 'nodes', file), 'utf8'));
	const texts = await Promise.all(codexFiles);
	expect(texts).toHaveLength(nodes.size);
	const urls = [
		...texts.flatMap((text) => [...text.matchAll(/"url": "([^"]+)"/g)].map(([, url = '']) => url)),
		...[...credentials.values()].map(({ documentationUrl = '' }) => documentationUrl),
	];
	for (const url of urls) {
		expect(url).toMatch(`${PROJECT}/blob/main/docs/`);
		expect(url).not.toContain('#');
		expect(existsSync(join(ROOT, url.slice(`${PROJECT}/blob/main/`.length)))).toBe(true);
	}
});
