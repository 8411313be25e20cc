import { SEED } from '../../../cpsrvd';
import { login, session, throughWhm, typed, withCredential } from './arrange';
import type { TroubleGroup } from './trouble';

export const fields: TroubleGroup = {
	title: 'A field is not understood',
	troubles: [
		{
			message: '“Server” names port 2087, which is that of WHM',
			advice:
				'Leave the port out, or name the one of cPanel, 2083. A token of WHM belongs in a “cPanel WHM API” credential: choose “WHM” in place of “cPanel Account” when you create it.',
			cause: 'A _cPanel API_ credential for WHM; the reverse has a message of its own',
			arrange: async (scene) =>
				await withCredential(scene, { server: `${scene.server.address}:2087` }),
		},
		{
			message: '“cPanel Account” is empty',
			advice:
				'Choose the account that WHM is to act for. It can be left empty only where a domain tells whose it is.',
			cause: 'With WHM, an operation for the account itself needs to know which',
			arrange: async (scene) =>
				await throughWhm(scene, { operation: 'createWebmailSessionForSelf' }),
		},
		{
			message: '“Mailbox” holds a list (array) of 2 values, and a text is needed',
			advice:
				'Each item takes one value: pick one of the list, or make an item of each with the node “Split Out”.',
			cause:
				'An expression yields another type than the field holds: a list, an object, a truth value. What has one meaning is taken: a list of one, a number as digits',
			arrange: () => ({ steps: [session({ login: typed('={{ ["anna", "ben"] }}') })] }),
		},
		{
			message: '“Mailbox” holds more than one address',
			advice:
				'One item opens one mailbox. Make an item of each address, for example with the node “Split Out”.',
			cause: 'Two addresses in one text, as in the _To_ of a mail',
			arrange: () => ({ steps: [session({ login: typed('anna@example.com; ben@example.com') })] }),
		},
		{
			message: '“API Token” holds …, a letter that is not Latin (…)',
			advice:
				'Copy the token again from cPanel: it is one run of letters and digits, without the user name.',
			cause:
				'A letter that only looks right, from a document or another keyboard. What nobody sees around or in a token is taken off',
			arrange: async (scene) =>
				await withCredential(scene, { apiToken: `\u0410${SEED.alice.apiToken.slice(1)}` }),
		},
		{
			message: '“Password” came as a number that is too long to be exact',
			advice:
				'Only about 15 digits of a number are kept, so this one was changed on its way here. Let it come as a text: in quotes in JSON, or from a column of texts.',
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
			advice:
				'It holds a blank (space). Write that in its encoded form, as a browser does: %20 for a blank.',
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
			advice: 'Use the switch, or an expression that yields true or false.',
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
