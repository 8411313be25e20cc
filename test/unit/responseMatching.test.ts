import { keepConnections } from '../../nodes/shared/http/kept';
import { ResponseMatcher } from '../../nodes/shared/http/kept/responseMatching';
import type { ConnectionResponses } from '../../nodes/shared/http/kept/responseMatching';
import type { ResponseIdentity, PendingMatch } from '../../nodes/shared/http/HttpTransport';
import { fakeTransport } from './fakeTransport';

const ORIGIN = 'https://cpanel.example.com:2083';

/** Responses that come one after the other and tell these things. */
function receive(
	connection: ConnectionResponses,
	...identities: ResponseIdentity[]
): PendingMatch[] {
	return identities.map((identity) => {
		const pendingMatch = connection.received();
		expect(pendingMatch.match(identity)).toBe(pendingMatch.mismatch);
		return pendingMatch;
	});
}

function mismatched(matches: PendingMatch[]): boolean[] {
	return matches.map(({ mismatch }) => mismatch !== undefined);
}

describe('the responses of a kept connection', () => {
	let matcher: ResponseMatcher;
	let connection: ConnectionResponses;
	beforeEach(() => {
		matcher = new ResponseMatcher();
		connection = matcher.connection(ORIGIN);
	});

	it.each<[string, ResponseIdentity[], boolean[]]>([
		[
			'match as long as nothing speaks against it',
			[{ isOwn: true, unique: 'a' }, { unique: 'b' }, {}, { unique: 'c' }],
			[false, false, false, false],
		],
		[
			'are mismatched since the last proven one, when one is another’s',
			[
				{ unique: 'a' },
				{ unique: 'b' },
				{ isOwn: true, unique: 'c' },
				{ unique: 'd' },
				{},
				{ isOwn: false, unique: 'e' },
			],
			[false, false, false, true, true, true],
		],
		[
			'are mismatched when one comes a second time',
			[{ unique: 'a' }, { unique: 'b' }, { unique: 'b' }],
			[false, true, true],
		],
		[
			'stay matched where they are proven, when one comes a second time',
			[{ unique: 'a' }, { isOwn: true, unique: 'b' }, { isOwn: true, unique: 'b' }],
			[false, false, true],
		],
		['begin with one that nothing is before', [{ isOwn: false, unique: 'a' }], [false]],
		[
			'say nothing by seeming foreign where already the first does',
			['a', 'b', 'c'].map((unique) => ({ seemsForeign: true, unique })),
			[false, false, false],
		],
		[
			'are mismatched when one seems foreign where servers name what was asked for',
			[{ unique: 'a' }, { seemsForeign: true, unique: 'b' }],
			[false, true],
		],
	])('%s', (_case, identities, expected) => {
		const matches = receive(connection, ...identities);
		expect(mismatched(matches)).toEqual(expected);
		expect([...matcher.mismatchedOrigins]).toEqual(expected.includes(true) ? [ORIGIN] : []);
	});

	it('are mismatched when one came over another connection before', () => {
		const before = receive(matcher.connection(ORIGIN), { unique: 'a' }, { unique: 'b' });
		const matches = receive(connection, { unique: 'c' }, { unique: 'd' }, { unique: 'b' });
		expect(mismatched(before)).toEqual([false, true]);
		expect(mismatched(matches)).toEqual([false, true, true]);
	});

	it('are mismatched behind one that is another’s, and name their server', () => {
		receive(connection, { unique: 'a' }, { isOwn: false, unique: 'b' });
		expect(connection.received().mismatch).toMatchObject({
			kind: 'mismatched',
			host: 'cpanel.example.com:2083',
		});
	});

	it.each<[ResponseIdentity, boolean]>([
		[{}, false],
		[{ isOwn: true }, true],
		[{ seemsForeign: true }, false],
		[{ unique: 'b' }, true],
		[{ isOwn: false, unique: 'b' }, false],
		[{ unique: 'a' }, false],
	])('tell whether a later one can be told from them: %j', (identity, isKnown) => {
		receive(matcher.connection(ORIGIN), { unique: 'z' });
		receive(connection, { unique: 'a' });
		const onMatch = jest.fn();
		connection.received(onMatch).match(identity);
		expect(onMatch.mock.calls).toEqual([[isKnown]]);
	});
});

it('a session that comes twice is a mismatch without kept connections, too', async () => {
	const options = { allowUnauthorizedCerts: false };
	const transport = await keepConnections(fakeTransport({}, {}), undefined, options);
	const ask = async () => await transport.send({ method: 'GET', url: ORIGIN, timeout: 1 });
	const first = await ask();
	const second = await ask();
	expect(first.pendingMatch?.match({ unique: 'a' })).toBeUndefined();
	expect(second.pendingMatch?.match({ unique: 'a' })).toMatchObject({ kind: 'mismatched' });
});
