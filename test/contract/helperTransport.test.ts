import { createHelperTransport } from '../../nodes/shared/http/helperTransport';
import type { HttpRequest } from '../../nodes/shared/http/HttpTransport';
import { failure } from './support';

const REQUEST: HttpRequest = {
	method: 'GET',
	url: 'https://cpanel.example.com:2083/x',
	timeout: 300_000,
};

/** n8n's helper while it asks its policy about a name, of which it does not look at the signal. */
const asking = { httpRequest: async () => await new Promise<never>(() => {}) };

afterEach(() => jest.restoreAllMocks());

describe('n8n’s helper, which asks its policy before it looks at anything else', () => {
	it('is not waited for after the deadline', async () => {
		const deadline = new AbortController();
		jest.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
		const sent = createHelperTransport(asking, { allowUnauthorizedCerts: false }).send(REQUEST);
		deadline.abort();
		expect(await failure(sent)).toMatchObject({ kind: 'timeout' });
	});

	it('is not waited for after the Stop', async () => {
		const stop = new AbortController();
		const options = { allowUnauthorizedCerts: false, cancelSignal: stop.signal };
		const sent = createHelperTransport(asking, options).send(REQUEST);
		stop.abort();
		expect(await failure(sent)).toMatchObject({ kind: 'cancelled' });
	});
});
