import { SEED } from '../../../cpsrvd';
import { login, session, throughWhm, typed, withCredential } from './arrange';
import type { TroubleGroup } from './trouble';

export const fields: TroubleGroup = {
	title: 'A field is not understood',
	troubles: [
		{
			message: '“Server” uses port 2087, which is the port of WHM',
			advice:
				'Leave the port out, or use the port of cPanel, 2083. A WHM token belongs in a “cPanel WHM API” credential: choose “WHM” instead of “cPanel Account” when you create it.',
			cause: 'A _cPanel API_ credential for WHM; the reverse has a message of its own',
			arrange: async (scene) =>
				await withCredential(scene, { server: `${scene.server.address}:2087` }),
		},
		{
			message: '“cPanel Account” is empty',
			advice:
				'Choose the account that WHM acts for. You can leave it empty only if you enter a domain.',
			cause: 'With WHM, an operation for the account itself needs to know which',
			arrange: async (scene) =>
				await throughWhm(scene, { operation: 'createWebmailSessionForSelf' }),
		},
		{
			message: '“Mailbox” contains a list (array) of 2 values, but a text is needed',
			advice:
				'Each item takes one value. Pick one value from the list, or create one item per value with the “Split Out” node.',
			cause:
				'An expression yields another type than the field holds: a list, an object, a truth value. What has one meaning is taken: a list of one, a number as digits',
			arrange: () => ({ steps: [session({ login: typed('={{ ["anna", "ben"] }}') })] }),
		},
		{
			message: '“Mailbox” contains more than one address',
			advice:
				'One item opens one mailbox. Create one item per address, for example with the “Split Out” node.',
			cause: 'Two addresses in one text, as in the _To_ of a mail',
			arrange: () => ({ steps: [session({ login: typed('anna@example.com; ben@example.com') })] }),
		},
		{
			message: '“API Token” contains …, a letter that is not Latin (…)',
			advice:
				'Copy the token again from cPanel: it consists of letters and digits only, without the user name.',
			cause:
				'A letter that only looks right, from a document or another keyboard. What nobody sees around or in a token is taken off',
			arrange: async (scene) =>
				await withCredential(scene, { apiToken: `\u0410${SEED.alice.apiToken.slice(1)}` }),
		},
		{
			message: '“Password” is a number that is too long to be exact',
			advice:
				'Only about 15 digits of a number are kept, so this number has changed. Pass it as text: in quotes in JSON, or from a text column.',
			cause: 'A password of digits alone that is no text in its source',
			arrange: () => ({
				steps: [
					session({
						operation: 'createWebmailSessionForMailUserCheckPassword',
						password: '={{ 12345678901234567890 }}',
					}),
				],
			}),
		},
		{
			message: '“Remote Address” is not an IP address',
			advice:
				'Enter the IPv4 address of the person who will open Webmail, such as 203.0.113.7, or leave it empty.',
			cause:
				'A name, a network or something else. An address with a port and the list of a proxy (`X-Forwarded-For`) are understood: the first public address counts',
			arrange: () => ({ steps: [session({ remoteAddress: '203.0.113.0/24' })] }),
		},
		{
			message: '“Session” is not a session of cPanel',
			advice: 'It is the field “session” that the cPanel Session node returns.',
			cause:
				'The address of a login link, or a line break in the middle; around it, it is taken off',
			arrange: ({ server }) => ({
				steps: [
					login({
						host: server.address,
						token: '/cpsess0123456789',
						session: 'https://mail.example.com:2096/cpsess0123456789/login/?session=anna',
					}),
				],
			}),
		},
		{
			message: '“Go To” is not a path on the Webmail server',
			advice: 'It contains a space. Percent-encode it, such as %20 for a space.',
			cause: 'A blank in the path, the whole address of a page, or a path of another server',
			arrange: ({ server }) => ({
				steps: [
					login({
						host: server.address,
						token: '/cpsess0123456789',
						session: 'anna:1',
						options: { gotoUri: '/my page' },
					}),
				],
			}),
		},
		{
			message: '“Ignore SSL Issues” is neither on nor off',
			advice: 'Use the switch, or an expression that returns true or false.',
			cause:
				'An expression under the switch yields something else; yes, no, on, off, 1 and 0 count',
			arrange: ({ server }) => ({
				steps: [
					login({
						host: server.address,
						token: '/cpsess0123456789',
						session: 'anna:1',
						options: { allowUnauthorizedCerts: '={{ "perhaps" }}' },
					}),
				],
			}),
		},
	],
};
