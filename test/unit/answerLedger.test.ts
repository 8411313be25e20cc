import { ResponseMatcher, tells } from '../../nodes/shared/http/kept/responseMatching';
import type { ConnectionResponses } from '../../nodes/shared/http/kept/responseMatching';
import type { ResponseIdentity, PendingMatch } from '../../nodes/shared/http/HttpTransport';

const ORIGIN = 'https://cpanel.example.com:2083';

/** The receipts of answers that came one after the other. */
function receive(connection: ConnectionResponses, ...findings: ResponseIdentity[]): PendingMatch[] {
	return findings.map((finding) => {
		const receipt = connection.received();
		receipt.match(finding);
		return receipt;
	});
}

function doubts(receipts: PendingMatch[]): boolean[] {
	return receipts.map(({ mismatch: doubt }) => doubt !== undefined);
}

describe('the answers of a kept connection', () => {
	let ledger: ResponseMatcher;
	let connection: ConnectionResponses;
	beforeEach(() => {
		ledger = new ResponseMatcher();
		connection = ledger.connection(ORIGIN);
	});

	it('are trusted as long as nothing speaks against them', () => {
		const own = { isOwn: true, unique: 'a' };
		expect(doubts(receive(connection, own, { unique: 'b' }, {}, { unique: 'c' }))).toEqual([
			false,
			false,
			false,
			false,
		]);
		expect(ledger.misplacing.size).toBe(0);
	});

	it('are all doubted that came since the last proven one, when one is another’s', () => {
		const receipts = receive(
			connection,
			{ unique: 'a' },
			{ unique: 'b' },
			{ isOwn: true, unique: 'c' },
			{ unique: 'd' },
			{},
			{ isOwn: false, unique: 'e' },
		);
		expect(doubts(receipts)).toEqual([false, false, false, true, true, true]);
		expect(receipts[5]?.mismatch).toMatchObject({
			kind: 'misplaced',
			host: 'cpanel.example.com:2083',
		});
		expect([...ledger.misplacing]).toEqual([ORIGIN]);
	});

	it('are doubted when one comes a second time', () => {
		const receipts = receive(connection, { unique: 'a' }, { unique: 'b' }, { unique: 'b' });
		expect(doubts(receipts)).toEqual([false, true, true]);
	});

	it('are doubted when one came over another connection before', () => {
		const other = ledger.connection(ORIGIN);
		const before = receive(other, { unique: 'a' }, { unique: 'b' });
		const receipts = receive(connection, { unique: 'c' }, { unique: 'd' }, { unique: 'b' });
		expect(doubts(before)).toEqual([false, true]);
		expect(doubts(receipts)).toEqual([false, true, true]);
	});

	it('are not doubted that are proven, when one comes a second time', () => {
		const proven = { isOwn: true, unique: 'b' };
		expect(doubts(receive(connection, { unique: 'a' }, proven, proven))).toEqual([
			false,
			false,
			true,
		]);
	});

	it('cannot be trusted any more behind one that is another’s', () => {
		receive(connection, { unique: 'a' }, { isOwn: false, unique: 'b' });
		expect(connection.received().mismatch).toMatchObject({ kind: 'misplaced' });
	});

	it('that seem to be another’s are so where the server names what was asked for', () => {
		receive(ledger.connection(ORIGIN), { isOwn: true, unique: 'a' });
		const receipts = receive(connection, { unique: 'b' }, { seemsForeign: true, unique: 'c' });
		expect(doubts(receipts)).toEqual([false, true]);
	});

	it('say nothing by seeming so where already the first of a connection did', () => {
		const seeming = (unique: string): ResponseIdentity => ({ seemsForeign: true, unique });
		const receipts = receive(connection, seeming('a'), seeming('b'), seeming('c'));
		expect(doubts(receipts)).toEqual([false, false, false]);
	});

	it('begin with one that nothing is before', () => {
		expect(doubts(receive(connection, { isOwn: false, unique: 'a' }))).toEqual([false]);
		expect(ledger.misplacing.size).toBe(0);
	});
});

describe('a finding', () => {
	it.each<[ResponseIdentity, boolean]>([
		[{}, false],
		[{ isOwn: true }, true],
		[{ isOwn: false }, false],
		[{ seemsForeign: true }, false],
		[{ unique: 'a' }, true],
		[{ isOwn: false, unique: 'a' }, true],
	])('tells the answer from a later one, or does not: %j', (finding, does) => {
		expect(tells(finding)).toBe(does);
	});
});
