import { forLists } from '../../nodes/shared/cpanel/functions/paging';
import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import type { HttpRequest, HttpTransport } from '../../nodes/shared/http/HttpTransport';
import { connectionTo, fakeTransport, response } from './fakeTransport';
import { rejectionOf } from './thrown';

const REQUEST: HttpRequest = {
	method: 'GET',
	url: 'https://cpanel.example.com:2083/x',
	timeout: 1,
};
const HINT = 'Type the name.';

describe('a channel for lists', () => {
	it('is the same channel, and closes the same connections', async () => {
		let closed = 0;
		const transport: HttpTransport = {
			...fakeTransport({ body: 'short' }),
			close: async () => void (closed += 1),
		};
		const channel = connectionTo(transport);
		const forList = forLists(channel, HINT);
		expect(forList).toEqual({ ...channel, transport: forList.transport });
		expect(await forList.transport.send(REQUEST)).toEqual(response({ body: 'short' }));
		await forList.transport.close();
		expect(closed).toBe(1);
	});

	it('says what to do in place of listing where a list is too long', async () => {
		const tooLarge = new HttpTransportError('tooLarge', 'cpanel.example.com:2083');
		const { transport } = forLists(connectionTo(fakeTransport(tooLarge)), HINT);
		expect(await rejectionOf(transport.send(REQUEST))).toMatchObject({
			kind: 'answer',
			message: 'cpanel.example.com:2083 sends its whole list at once, and the list is too long',
			hint: HINT,
		});
	});

	it.each([new HttpTransportError('reset', 'cpanel.example.com:2083'), new Error('x')])(
		'passes on what else goes wrong as it is: %s',
		async (trouble) => {
			const { transport } = forLists(connectionTo(fakeTransport(trouble)), HINT);
			await expect(transport.send(REQUEST)).rejects.toBe(trouble);
		},
	);
});
