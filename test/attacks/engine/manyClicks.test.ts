import { ask } from '../../contract/accessLinks/ask';
import { describeManyClicks, hundredLinks } from '../../contract/accessLinks/manyClicks';
import { useEnginePlace } from '../../workflow/harness/accessLinks';

/* A thousand people do not click at the same instant; a test does. */
const place = useEnginePlace({ backlog: 4096 });

describeManyClicks(place, 300_000);

it('a hundred clicks do not reach cPanel more than ten at a time, and the first one alone', async () => {
	const { url } = await place.publish({ parameters: { options: { timeout: 300 } } });
	const { hold, journal } = place.server();
	hold.place();
	const clicked = hundredLinks().map(async ({ token }) => {
		return await ask(url, { method: 'POST', token });
	});

	await hold.holds(1);
	expect(journal.entries).toHaveLength(1);
	hold.place({ until: 10 });
	hold.lift();
	await Promise.all(clicked);
	expect(journal.maxConcurrent).toBeLessThanOrEqual(10);
});
