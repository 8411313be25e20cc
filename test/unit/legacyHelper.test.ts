import { helperOf } from '../../nodes/shared/http/helperTransport';

/** What n8n's older function is asked for, and what comes back of what it answers. */
async function ask(options: object, response: object = {}) {
	const asked: object[] = [];
	const helper = helperOf({
		async request(given) {
			asked.push(given);
			return response;
		},
	});
	const answer = await helper.httpRequest({ url: 'https://x.example/', ...options });
	return { asked: asked[0], answer };
}

describe('n8n’s older request function', () => {
	const PLAIN = {
		method: 'GET',
		uri: 'https://x.example/',
		headers: { accept: 'a/b' },
		timeout: 7,
		useStream: true,
		resolveWithFullResponse: true,
		simple: false,
		followRedirect: false,
		followAllRedirects: false,
		sendCredentialsOnCrossOriginRedirect: false,
	};

	it('is asked by its own names, follows no redirect and takes every status for an answer', async () => {
		const options = { method: 'GET', headers: { accept: 'a/b' }, timeout: 7 };
		expect((await ask(options)).asked).toEqual(PLAIN);
	});

	it('sends a form as a text that says what it is', async () => {
		const form = { method: 'POST', body: new URLSearchParams({ a: 'ä &' }) };
		expect((await ask(form)).asked).toMatchObject({
			body: 'a=%C3%A4+%26',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
		});
	});

	it.each([
		[true, { rejectUnauthorized: false }],
		[false, {}],
		[undefined, {}],
	])('looks at certificates unless told not to: %s', async (skips, named) => {
		const { asked } = await ask({ skipSslCertificateValidation: skips });
		expect(
			Object.fromEntries(Object.entries(asked ?? {}).filter(([key]) => key.startsWith('reject'))),
		).toEqual(named);
	});

	it.each([
		[{ request: { socket: { encrypted: true } } }, { encrypted: true }],
		[{ request: null }, undefined],
		[{}, undefined],
	])('tells whether the answer came over TLS: %j', async (more, socket) => {
		const { answer } = await ask({}, { statusCode: 200, ...more });
		expect(answer).toMatchObject({ statusCode: 200 });
		expect((answer as { socket?: object }).socket).toEqual(socket);
	});
});
