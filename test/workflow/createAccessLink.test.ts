import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { verifyAccessLink } from '../../nodes/shared/accessLink/accessLink';
import { readKeyring } from '../../nodes/shared/accessLink/keys';
import { runChain } from '../engine/engine';
import type { ChainRun, Step } from '../engine/engine';

const ADDRESS = 'https://n8n.example.com/webhook/6f1a2d0e-3c5b-4a8f-9d7e-0b1c2d3e4f50';
const SECRET = 'a secret of the tests, long enough to be one';
const CREDENTIAL = { address: ADDRESS, secret: SECRET, previousSecret: '' };
const DAY = 24 * 60 * 60;

interface Make {
	items?: IDataObject[];
	parameters?: INodeParameters;
	credential?: ICredentialDataDecryptedObject;
	onError?: Step['onError'];
}

async function make({
	items = [{ email: 'anna@example.com' }],
	parameters,
	credential = CREDENTIAL,
	onError,
}: Make = {}): Promise<ChainRun> {
	return await runChain({
		items,
		credential,
		credentialType: 'cpanelAccessLinkApi',
		steps: [
			{
				type: 'cpanelWebmailLogin',
				parameters: { operation: 'createAccessLink', ...parameters },
				onError,
			},
		],
	});
}

function linkIn({ output }: ChainRun, item = 0): IDataObject {
	return output(0)?.[item]?.json ?? {};
}

function tokenIn(link: IDataObject): string {
	return new URL(link.url as string).searchParams.get('t') ?? '';
}

describe('Create Access Link', () => {
	it('makes of a list of people a link for each, in its order', async () => {
		const items = ['anna', 'ben', 'carol'].map((name) => ({ email: `${name}@example.com` }));
		const run = await make({ items });

		const links = run.output(0) ?? [];
		expect(links.map(({ json }) => json.email)).toEqual(items.map(({ email }) => email));
		expect(links.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		expect(new Set(links.map(({ json }) => json.linkId)).size).toBe(3);
		for (const { json } of links) {
			expect(Object.keys(json)).toEqual([
				'url',
				'email',
				'linkId',
				'issuedAt',
				'expiresAt',
				'reference',
			]);
		}
	});

	it('signs what it says, for three days unless told otherwise', async () => {
		const before = Math.floor(Date.now() / 1000);
		const link = linkIn(await make());
		const after = Date.now() / 1000;

		expect(link).toEqual({
			url: expect.stringMatching(new RegExp(`^${ADDRESS}\\?t=1\\.[\\w-]+\\.[\\w-]+$`)),
			email: 'anna@example.com',
			linkId: expect.stringMatching(/^[a-z2-9]{12}$/),
			issuedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
			expiresAt: expect.any(String),
			reference: '',
		});
		const [issued, expires] = [link.issuedAt, link.expiresAt].map(
			(time) => Date.parse(time as string) / 1000,
		) as [number, number];
		expect(issued).toBeGreaterThanOrEqual(before);
		expect(issued).toBeLessThanOrEqual(after);
		expect(expires - issued).toBe(3 * DAY);
		expect(verifyAccessLink(tokenIn(link), readKeyring({ secret: SECRET }))).toEqual({
			mailbox: 'anna@example.com',
			id: link.linkId,
			issuedAt: issued,
			expiresAt: expires,
		});
		expect((link.url as string).length).toBeLessThan(250);
	});

	it('signs the options along', async () => {
		const link = linkIn(
			await make({
				parameters: {
					mailbox: 'Ben@Example.com',
					reference: ' 4711 ',
					options: { locale: 'pt-BR', gotoUri: '/3rdparty/roundcube/index.php' },
				},
			}),
		);
		expect(link.reference).toBe('4711');
		expect(verifyAccessLink(tokenIn(link), readKeyring({ secret: SECRET }))).toMatchObject({
			mailbox: link.email,
			reference: '4711',
			locale: 'pt_br',
			gotoUri: '/3rdparty/roundcube/index.php',
		});
	});

	it.each([
		[1, 'hours', 3600],
		[0.5, 'hours', 1800],
		[90, 'days', 90 * DAY],
		[2160, 'hours', 90 * DAY],
		[1, 'days', DAY],
	])('is good for %s %s', async (validFor, validForUnit, seconds) => {
		const link = linkIn(await make({ parameters: { validFor, validForUnit } }));
		const validity = Date.parse(link.expiresAt as string) - Date.parse(link.issuedAt as string);
		expect(validity).toBe(seconds * 1000);
	});

	it.each<[string, Make, RegExp]>([
		['no domain', { items: [{ email: 'anna' }] }, /“Mailbox” is not a full address/],
		['weeks', { parameters: { validForUnit: '={{ "weeks" }}' } }, /“Unit” has an unknown value/],
		[
			'a link too long',
			{ parameters: { options: { gotoUri: `/${'x'.repeat(2000)}` } } },
			/email programs may break it/,
		],
		['an empty secret', { credential: { address: ADDRESS, secret: '' } }, /“Secret” is empty/],
		[
			'a weak secret',
			{ credential: { address: ADDRESS, secret: 'x'.repeat(32) } },
			/“Secret” has fewer than 6 different characters/,
		],
	])('refuses %s', async (_, options, message) => {
		const { thrown, output, run } = await make(options);
		expect(thrown[0]?.message).toMatch(message);
		expect(output(0)).toBeUndefined();
		expect(JSON.stringify(run)).not.toContain(SECRET);
	});

	it('leaves the other links where one is refused and the node continues', async () => {
		const items = [{ email: 'anna@example.com' }, {}, { email: 'ben@example.com' }];
		const { output } = await make({ items, onError: 'continueRegularOutput' });
		expect(output(0)?.map(({ json }) => Object.keys(json)[0])).toEqual(['url', 'error', 'url']);
	});

	it('signs with the current secret only', async () => {
		const previousSecret = 'the secret before, long enough to be one, too';
		const link = linkIn(await make({ credential: { ...CREDENTIAL, previousSecret } }));
		expect(verifyAccessLink(tokenIn(link), readKeyring({ secret: SECRET }))).toBeDefined();
		expect(
			verifyAccessLink(tokenIn(link), readKeyring({ secret: previousSecret })),
		).toBeUndefined();
	});

	it('shows no host, token or session in its form, and names its output as a secret', async () => {
		const { loadPackage } = await import('../engine/nodeTypes');
		const { nodes } = await loadPackage();
		const description = nodes.get('cpanelWebmailLogin')?.description;
		const shown = description?.properties
			.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes('createAccessLink'))
			.map(({ name }) => name);
		expect(shown).toEqual(['mailbox', 'validFor', 'validForUnit', 'reference', 'options']);
		expect(description).toMatchObject({
			sensitiveOutputFields: expect.arrayContaining(['url']),
			credentials: [
				{
					name: 'cpanelAccessLinkApi',
					required: true,
					displayOptions: { show: { operation: ['createAccessLink'] } },
				},
			],
		});
	});
});
