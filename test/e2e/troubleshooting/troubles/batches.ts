import { login, loginAfter, session, unverified, withCredential } from './arrange';
import type { TroubleGroup } from './trouble';

export const batches: TroubleGroup = {
	title: 'A batch slows down or ends',
	troubles: [
		{
			message: '… is receiving too many requests (HTTP 429), after 4 attempts',
			advice:
				'Wait a while, then run the missing items again with fewer items at a time or a lower “Max Concurrency” under “Options”.',
			cause: 'The server had too much to do each time; the other items went on, with fewer at once',
			arrange: () => ({ switches: { busy: { status: 429 } }, steps: [session()] }),
		},
		{
			message: '… is currently unavailable (HTTP 503), after 4 attempts',
			advice: 'It may be overloaded, restarting or under maintenance. Run the item again later.',
			cause: 'The same, in other words',
			arrange: () => ({ switches: { busy: { status: 503 } }, steps: [session()] }),
		},
		{
			message: 'Given up: … is currently unavailable (HTTP 503), 6 times in a row',
			advice:
				'n8n sent no further request to it. It may be overloaded, restarting or under maintenance. Run the item again later.',
			cause: 'Nothing but 503 (or 429) for half a minute, or for as long as the server asked for',
			arrange: () => ({
				switches: { busy: { status: 503 } },
				items: [{}, {}, {}, {}, {}, {}, {}],
				steps: [session()],
			}),
		},
		{
			message: '… is currently unavailable (HTTP 503)',
			advice:
				'The login was not sent again, because a session works once. Wait a while, create a new session and log in with it.',
			cause: 'A login met a server that had too much to do; the same with HTTP 429',
			arrange: async (scene) =>
				await loginAfter(scene, (_, { switches }) => {
					switches.busy = { status: 503 };
				}),
		},
		{
			message: 'Not sent: this server refused 3 sign-ins within a minute',
			advice:
				'More refusals would lock n8n out. If strangers can try passwords, put a captcha or a rate limit in front of the form. Wait a minute before you run the missing items again. The last error: Webmail does not recognize this session: it was already used or never existed. Create a new session and use it within 15 minutes, once.',
			cause:
				'Stale sessions or wrong mailbox passwords, in one batch or in a loop: the node stopped before cPanel would lock n8n out',
			arrange: async (scene) => ({
				items: [1, 2, 3, 4].map((number) => ({ session: `anna:${number}` })),
				steps: [
					login(
						{
							...unverified,
							host: (await scene.another()).address,
							token: '/cpsess0123456789',
							session: '={{ $json.session }}',
						},
						{ onError: 'continueRegularOutput' },
					),
				],
			}),
		},
		{
			message: 'Not sent: 3 requests failed before any was accepted',
			advice:
				'The server accepted no request with this credential, and more failures could lock n8n out. The last error: No server accepts connections at',
			cause: 'A batch met a server that does not work: it is down, or something else answers there',
			arrange: async (scene) => ({
				...(await withCredential(
					scene,
					{ server: '127.46.0.1' },
					{ onError: 'continueRegularOutput' },
				)),
				items: [{}, {}, {}, {}],
			}),
		},
	],
};
