import { domainOwners } from '../../nodes/shared/cpanel/accounts/whmAccount';
import { readWhmCredential } from '../../nodes/shared/cpanel/input/credentials';
import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import type { HttpResponse } from '../../nodes/shared/http/HttpTransport';
import { connectionTo, fakeTransport, response } from './fakeTransport';
import { rejectionOf } from './thrown';

const WHM = readWhmCredential({ server: 'whm.example.com', username: 'root', apiToken: 'ABC' });

const told = (data: object): Partial<HttpResponse> => ({
	body: JSON.stringify({ metadata: { result: 1 }, data }),
});
const ALICE = told({ user: 'alice' });

describe('the owner of a domain', () => {
	it('is asked for once, however many items ask', async () => {
		const transport = fakeTransport(ALICE, told({ user: 'bob' }));
		const channel = connectionTo(transport);
		const owner = domainOwners(WHM);
		expect(
			await Promise.all(
				['a.example', 'a.example', 'b.example'].map(async (domain) => await owner(channel, domain)),
			),
		).toEqual(['alice', 'alice', 'bob']);
		expect(await owner(channel, 'a.example')).toBe('alice');
		const asked = transport.requests.map(({ url }) => new URL(url));
		expect(asked.map(({ searchParams }) => searchParams.get('domain'))).toEqual([
			'a.example',
			'b.example',
		]);
		expect(asked[0]?.pathname).toBe('/json-api/getdomainowner');
	});

	it.each([
		['was too busy', response({ status: 503 }), 'busy'],
		['broke off', new HttpTransportError('reset', 'whm.example.com:2087'), 'connection'],
	])('is asked for again where the server %s', async (_case, trouble, kind) => {
		const transport = fakeTransport(trouble, ALICE);
		const owner = domainOwners(WHM);
		const both = ['a.example', 'a.example'].map(
			async (domain) => await rejectionOf(owner(connectionTo(transport), domain)),
		);
		expect((await Promise.all(both)).map((error) => error.kind)).toEqual([kind, kind]);
		expect(await owner(connectionTo(transport), 'a.example')).toBe('alice');
		expect(transport.requests).toHaveLength(2);
	});

	it('is not forgotten where an earlier question failed', async () => {
		const transport = fakeTransport(response({ status: 503 }), ALICE);
		const channel = connectionTo(transport);
		const owner = domainOwners(WHM);
		const first = owner(channel, 'a.example').catch(async () => await owner(channel, 'a.example'));
		const second = owner(channel, 'a.example').catch(async () => await owner(channel, 'a.example'));
		expect(await Promise.all([first, second])).toEqual(['alice', 'alice']);
		expect(transport.requests).toHaveLength(2);
	});

	it('is not asked for again where the server said no', async () => {
		const refusal = { body: JSON.stringify({ metadata: { result: 0, reason: 'No.' } }) };
		const transport = fakeTransport(refusal);
		const owner = domainOwners(WHM);
		for (let times = 0; times < 2; times++) {
			const error = await rejectionOf(owner(connectionTo(transport), 'a.example'));
			expect(error.kind).toBe('refusal');
		}
		expect(transport.requests).toHaveLength(1);
	});

	it.each([[{}], [{ user: '' }], [{ user: null }], [{ user: 7 }]])(
		'may be nobody: %j',
		async (data) => {
			const owner = domainOwners(WHM)(connectionTo(fakeTransport(told(data))), 'a.example');
			expect(await rejectionOf(owner)).toMatchObject({
				kind: 'refusal',
				message: 'WHM found no account that owns a.example',
				hint: expect.stringContaining('“cPanel Account”'),
			});
		},
	);
});
