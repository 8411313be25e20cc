import type { AccessLink } from '../../../nodes/shared/accessLink/accessLink';

/** The secret of the published vectors; the documentation names it too. */
export const VECTOR_SECRET = '0123456789abcdef0123456789abcdef';

/** The key that is made of it, in hexadecimal. */
const KEY = '221f146c051f039b5f0b1d79f67cef2356d87c03ec5f9b75e58e81b36aa73638';

export const VECTORS: Array<{
	name: string;
	key: string;
	link: AccessLink;
	payload: string;
	token: string;
}> = [
	{
		name: 'a usual link',
		key: KEY,
		link: {
			mailbox: 'anna@example.com',
			id: 'k7m4qx2p9wha',
			issuedAt: 1_767_225_600,
			expiresAt: 1_767_484_800,
		},
		payload: '["anna@example.com","k7m4qx2p9wha",1767225600,1767484800]',
		token:
			'1.WyJhbm5hQGV4YW1wbGUuY29tIiwiazdtNHF4MnA5d2hhIiwxNzY3MjI1NjAwLDE3Njc0ODQ4MDBd.LNwpde0Rr9703PvBcIYlCVC8wUIowtEd9iXlC9NVo7k',
	},
	{
		name: 'every field, and letters beyond ASCII',
		key: KEY,
		link: {
			mailbox: 'büro@xn--bcher-kva.example',
			id: 'h3nz8vcr5tya',
			issuedAt: 1_767_225_600,
			expiresAt: 1_775_001_600,
			reference: '4711',
			locale: 'pt_br',
			gotoUri: '/3rdparty/roundcube/index.php',
		},
		payload:
			'["büro@xn--bcher-kva.example","h3nz8vcr5tya",1767225600,1775001600,"4711","pt_br","/3rdparty/roundcube/index.php"]',
		token:
			'1.WyJiw7xyb0B4bi0tYmNoZXIta3ZhLmV4YW1wbGUiLCJoM256OHZjcjV0eWEiLDE3NjcyMjU2MDAsMTc3NTAwMTYwMCwiNDcxMSIsInB0X2JyIiwiLzNyZHBhcnR5L3JvdW5kY3ViZS9pbmRleC5waHAiXQ.JpvyDtBXtetc2ESR6KiYlUTGpYblODzK91mUHRGFavk',
	},
];
