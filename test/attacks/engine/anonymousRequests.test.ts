import { ask } from '../../contract/accessLinks/ask';
import { LINK_SECRET, tokenOf } from '../../contract/accessLinks/links';
import { press, useTriggers } from '../../workflow/harness/accessLinks';
import { useCpsrvd } from '../../workflow/harness/cpanel';

/* What grows with the requests of anybody on the internet: executions, and lines in the log. */
const cpsrvd = useCpsrvd();
const publish = useTriggers(cpsrvd);

const HOSTILE: Array<Record<string, string>> = [
	{},
	{ 'sec-fetch-site': 'cross-site' },
	{ 'sec-fetch-site': 'same-site' },
	{ origin: 'https://evil.example' },
	{ origin: 'null' },
];

it('five hundred presses start as many executions as openings are allowed, whatever is wrong', async () => {
	const setups = [
		{ parameters: { refused: 'anna@example.com' } },
		{ parameters: { allowedDomains: 'example.org' } },
	];
	for (const setup of setups) {
		const published = await publish(setup);
		const token = tokenOf();
		for (let round = 0; round < 100; round += 1) {
			for (const headers of HOSTILE) await press(published, token, headers);
		}
		expect(published.executions).toHaveLength(10);
	}
	expect(cpsrvd().journal.entries).toEqual([]);
});

it('five hundred requests for links that nobody can check write one line, and start nothing', async () => {
	const published = await publish();
	published.credentials.cpanelAccessLinkApi = { secret: LINK_SECRET.slice(0, 5) };
	for (let round = 0; round < 500; round += 1) {
		const method = round % 2 === 0 ? 'GET' : 'POST';
		expect((await ask(published.url, { method, token: tokenOf() })).status).toBe(500);
	}
	expect(published.log).toHaveLength(1);
	expect(published.executions).toEqual([]);
});
