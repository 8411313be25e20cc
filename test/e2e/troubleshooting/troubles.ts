import { SEED, type Cpsrvd, type Session, type Switches } from '../../cpsrvd';
import { unchosen, type Step, type StepsOptions } from '../harness/steps';
import { agencyAt, aliceAt, type World } from '../harness/world';

/** What goes wrong, what n8n then shows, and what the README says of it. */
export interface Trouble {
	/** What n8n shows; an ellipsis stands for what differs from case to case. */
	message: string;
	/** What n8n shows below it, and the README as the remedy. */
	advice: string;
	/** Why, for the README. */
	cause: string;
	/** Brings it about. */
	arrange: (scene: Scene) => Promise<Arrangement> | Arrangement;
}

/** A world, and beside it servers whose certificate nobody knows. */
export interface Scene extends World {
	stranger: Cpsrvd;
	/** One that has refused nobody yet: the nodes remember for a minute what a server refused. */
	another(): Promise<Cpsrvd>;
}

interface Arrangement extends StepsOptions {
	switches?: Partial<Switches>;
	steps: Step[];
}

const typed = (value: string) => ({ __rl: true, mode: 'name', value });

const session = (parameters: Step['parameters'] = {}): Step => ({
	type: 'n8n-nodes-cpanel-session.cpanelSession',
	parameters: { domain: typed('example.com'), login: typed('anna'), ...parameters },
	credentials: unchosen,
});

const checkPassword = (login: string, password: string): Step =>
	session({
		operation: 'createWebmailSessionForMailUserCheckPassword',
		login: typed(login),
		// an expression, as the field recommends: n8n stores what is typed with the workflow
		password: `={{ ${JSON.stringify([...password].reverse().join(''))}.split('').reverse().join('') }}`,
	});

const login = (parameters: Step['parameters'] = {}, more: Partial<Step> = {}): Step => ({
	type: 'n8n-nodes-cpanel-session.cpanelWebmailLogin',
	parameters,
	...more,
});

/** Asks with a credential that differs from the right one. */
async function withCredential(
	{ n8n, server }: World,
	changes: Record<string, unknown>,
	more: Partial<Step> = {},
): Promise<Arrangement> {
	const data = { ...aliceAt(server.address), ...changes };
	return {
		steps: [{ ...session(), ...more }],
		credentials: [await n8n.createCredential('cpanelApi', 'Another', data)],
	};
}

/** Asks as a user of WHM. */
async function throughWhm(
	{ n8n, server }: World,
	parameters: Step['parameters'] = {},
	changes: Record<string, unknown> = {},
): Promise<Arrangement> {
	const data = { ...agencyAt(server.address), ...changes };
	return {
		steps: [
			{
				...session({ authentication: 'whm', ...parameters }),
				credentials: { cpanelWhmApi: { id: null, name: '' } },
			},
		],
		credentials: [await n8n.createCredential('cpanelWhmApi', 'WHM', data)],
	};
}

/** Lists more mailboxes than fit into an answer, at a server that sends them all at once. */
function manyAtOnce({ server }: World): Arrangement {
	const mailboxes = Array.from({ length: 13_300 }, (_, index) => [
		`mailbox-${index}@example.com`,
		{ password: 'secret' },
	]);
	server.addAccount({ ...SEED.alice, mailboxes: Object.fromEntries(mailboxes) });
	return {
		switches: { ignorePaging: true },
		steps: [session({ operation: 'getManyMailboxes', domain: typed(''), returnAll: true })],
	};
}

/** Asks for `alice`, who has a second factor from now on. */
async function withSecondFactor(
	scene: World,
	changes: Record<string, unknown>,
): Promise<Arrangement> {
	scene.server.addAccount({ ...SEED.alice, totpSecret: 'JBSWY3DPEHPK3PXP' });
	return await withCredential(scene, { password: SEED.alice.password, ...changes });
}

/** A login with a session that was made before, and what became of it since. */
async function loginAfter(
	scene: Scene,
	meanwhile: (made: Session, server: Cpsrvd) => void,
	address = '127.0.0.1',
): Promise<Arrangement> {
	const server = await scene.another();
	const made = server.state.sessions.create({
		service: 'webmail',
		account: SEED.alice.user,
		mailbox: 'anna@example.com',
		opened: 'api',
		address,
		locale: 'en',
	});
	meanwhile(made, server);
	return {
		steps: [login({ ...unverified, host: server.address, token: made.token, session: made.value })],
	};
}

const unverified = { options: { allowUnauthorizedCerts: true } };

const NEW_SESSION = 'Create a new session and use it within 15 minutes, once.';

const NOTHING_MORE_SENT =
	'Nothing more was sent after that, so that the account is not locked out.';

const CHECK_REACHABLE =
	'Check the server name and its port, and that firewalls let n8n through: many hosts close the ports from 2082 to 2096 to strangers.';

/** The rows of the README's table, in its order. Each is met in n8n. */
export const TROUBLES: Trouble[] = [
	{
		message: '… did not accept the credential (HTTP 401)',
		advice: `Check user name and API token in the credential; the token may have expired. A token that was created in WHM belongs in a “cPanel WHM API” credential. ${NOTHING_MORE_SENT}`,
		cause:
			'Wrong user name or token, an expired token, a token of WHM. One request was sent, however many items there were',
		arrange: async (scene) => await withCredential(scene, { apiToken: 'WRONGTOKEN0123456789' }),
	},
	{
		message: '… did not accept the credential (HTTP 401)',
		advice: `Check user name and password in the credential. An account with two-factor authentication needs an API token or its “Two-Factor Secret”, and some providers accept no password here: choose “Session Sign-In” then. ${NOTHING_MORE_SENT}`,
		cause: 'The same with a password, or a provider that accepts none with each request',
		arrange: async (scene) =>
			await withCredential(scene, { authentication: 'password', password: 'not the password' }),
	},
	{
		message: '… did not accept the credential (HTTP 403)',
		advice: `Check user name and API token in the credential: the token may be wrong or have expired. A token that was created in cPanel belongs in a “cPanel API” credential. If all of that is right, the token or its user lacks the privilege for this. ${NOTHING_MORE_SENT}`,
		cause: 'The same with WHM, or a token without the privilege: WHM answers both alike',
		arrange: async (scene) => await throughWhm(scene, {}, { apiToken: 'WRONGTOKEN0123456789' }),
	},
	{
		message: '… did not accept the sign-in (HTTP 401)',
		advice: `Check user name and password in the credential; an account with two-factor authentication needs its “Two-Factor Secret”. ${NOTHING_MORE_SENT}`,
		cause: '_Session Sign-In_ with a wrong user name or password; the server does not say which',
		arrange: async (scene) =>
			await withCredential(scene, { authentication: 'session', password: 'not the password' }),
	},
	{
		message: '… asks for a two-factor code',
		advice: `The account has two-factor authentication. Use an API token, which needs no code, or enter the account’s key under “Two-Factor Secret” in the credential. ${NOTHING_MORE_SENT}`,
		cause: 'The credential has the password only',
		arrange: async (scene) => await withSecondFactor(scene, { authentication: 'session' }),
	},
	{
		message: '… did not accept the two-factor code',
		advice: `Check “Two-Factor Secret” in the credential: it is the key that cPanel showed with the QR code for this account. The clock of n8n and that of the server must agree to half a minute. ${NOTHING_MORE_SENT}`,
		cause: 'The key of another account, or a clock that is wrong',
		arrange: async (scene) =>
			await withSecondFactor(scene, {
				authentication: 'session',
				totpSecret: 'GEZDGNBVGY3TQOJQ',
			}),
	},
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
		arrange: async (scene) => await throughWhm(scene, { operation: 'createWebmailSessionForSelf' }),
	},
	{
		message: '“Mailbox” holds a list (array) of 2 values, and a text is needed',
		advice:
			'Each item takes one value: pick one of the list, or make an item of each with the node “Split Out”.',
		cause:
			'An expression yields another type than the field holds: a list, an object, a date, a truth value. What has one meaning is taken: a list of one, a number as digits',
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
		message: '“API Token” holds …, a letter of the Cyrillic alphabet (…)',
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
		cause: 'The address of a login link, or a line break in the middle; around it, it is taken off',
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
		cause: 'An expression under the switch yields something else; yes, no, on, off, 1 and 0 count',
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
	{
		message: 'WHM knows no account of yours that owns …',
		advice:
			'Check the domain, or choose the account under “cPanel Account”: it must be one that this user of WHM may act for.',
		cause: 'The domain is not on the server, or belongs to the account of somebody else',
		arrange: async (scene) => await throughWhm(scene, { domain: typed('nobodys.example') }),
	},
	{
		message: '… is not an account that this user of WHM may act for',
		advice: 'Check “cPanel Account”: it must be an account that this user of WHM may act for.',
		cause: 'Often an account that is not the reseller’s, or a name that was typed wrongly',
		arrange: async (scene) => await throughWhm(scene, { account: typed('bob') }),
	},
	{
		message: '… denies access to this account (HTTP 403)',
		advice: `Check the kind of credential (a token of cPanel, not of WHM), the port (2083), and whether the provider allows API access. ${NOTHING_MORE_SENT}`,
		cause: 'A token of WHM, the wrong port, or a provider that allows no API access',
		arrange: () => ({ switches: { executeStatus: 403 }, steps: [session()] }),
	},
	{
		message: '… answered in place of cPanel at … (HTTP 403)',
		advice: 'Ask the hosting provider to let the address of n8n through to cPanel’s ports',
		cause:
			'A firewall or a content delivery network in front of cPanel; the credential may be right',
		arrange: () => ({ switches: { front: 'firewall403' }, steps: [session()] }),
	},
	{
		message: '… in front of cPanel at … wants to see a browser (HTTP 403)',
		advice:
			'n8n cannot pass such a check. This says nothing about the credential or the session. Ask the hosting provider to except the address of n8n from it, or for a name that leads to the server past Cloudflare.',
		cause: 'A check for browsers, such as a captcha',
		arrange: () => ({ switches: { front: 'challenge403' }, steps: [session()] }),
	},
	{
		message: '… in front of … got no usable answer from the server behind it (HTTP 502)',
		advice:
			'cPanel may be down or restarting: run the item again later. A content delivery network passes few ports on: ask the hosting provider for a name that leads to the server itself.',
		cause: 'A gateway whose server does not answer; the same with 504 and 520 to 530',
		arrange: () => ({ switches: { front: 'gateway502' }, steps: [session()] }),
	},
	{
		message: 'The proxy … between n8n and … answered in place of cPanel (HTTP 403)',
		advice: 'Ask whoever runs this n8n to have the proxy let it through',
		cause: 'The proxy on the way out of n8n’s network; with 407 it asks for a sign-in of its own',
		arrange: () => ({ switches: { front: 'proxy403' }, steps: [session()] }),
	},
	{
		message: '… redirects to …, and that was not followed',
		advice:
			'That may be a page to sign in on, a check for browsers or a notice of the hosting provider’s: ask the hosting provider then. If the other one is the server of cPanel, enter it as the server.',
		cause: 'A sign-on of the hosting provider’s, or the server has moved',
		arrange: () => ({ switches: { front: 'signOn' }, steps: [session()] }),
	},
	{
		message: '… answered that the hosting account is suspended (HTTP 302)',
		advice:
			'Only the hosting provider can lift that: ask there why. If the account is not suspended, check the server name.',
		cause: 'The web server redirects to its page for suspended accounts',
		arrange: () => ({ switches: { front: 'suspendedPage' }, steps: [session()] }),
	},
	{
		message: '… answered, but not in HTTP',
		advice: 'Another service listens there, such as a mail server.',
		cause: 'The port of another service that speaks TLS, too',
		arrange: () => ({ switches: { notHttp: 'imap' }, steps: [session()] }),
	},
	{
		message: '… sent an answer that breaks the rules of HTTP',
		advice:
			'cPanel does not do that: a proxy, a firewall or another program in between does. Check the server and the port, then ask the hosting provider, or whoever runs the network of n8n.',
		cause: 'Something in between that is broken',
		arrange: () => ({ switches: { notHttp: 'controlInHeader' }, steps: [session()] }),
	},
	{
		message: '… sent headers that are larger than n8n accepts',
		advice: 'Something in front of cPanel may have added them. Ask the hosting provider.',
		cause: 'Something in front of cPanel that adds headers or cookies',
		arrange: () => ({ switches: { notHttp: 'longHeaders' }, steps: [session()] }),
	},
	{
		message: 'The server has locked this account or the address of n8n out',
		advice:
			'Too many sign-ins were refused. Do not try again for some minutes: each try prolongs the lock. The hosting provider can lift it (cPHulk in WHM).',
		cause: 'Too many refused sign-ins, from anywhere',
		arrange: ({ server }: Scene): Arrangement => {
			for (let refused = 0; refused < 5; refused++) {
				server.state.lockout.refused('127.0.0.1', SEED.alice.user);
			}
			return { steps: [session()] };
		},
	},
	{
		message: '… is not a mailbox of this account, as it seems',
		advice:
			'Often this is a mailbox that does not exist in this account: check its name and domain. Otherwise the hosting provider finds the ID in cPanel’s log.',
		cause: 'Often a mailbox that does not exist; cPanel gives no more than an “Error ID”',
		arrange: () => ({
			switches: { missingMailbox: 'errorId' },
			steps: [session({ login: typed('nobody') })],
		}),
	},
	{
		message: '… is not a mailbox of this account',
		advice:
			'Check the name and domain of the mailbox: it must exist in the cPanel account that is asked.',
		cause: 'The mailbox is not in that account',
		arrange: () => ({ steps: [session({ login: typed('nobody') })] }),
	},
	{
		message: 'The password that came for … is not right',
		advice: 'Check the password of the mailbox. Repeated wrong passwords lock the account out.',
		cause: 'The password that came with the item is not that of the mailbox',
		arrange: () => ({ steps: [checkPassword('anna', 'not the password')] }),
	},
	{
		message: '… is suspended',
		advice:
			'Lift the suspension of the mailbox in cPanel under Email Accounts, then run the item again.',
		cause: 'Somebody has suspended the mailbox',
		arrange: () => ({
			steps: [checkPassword('dora', SEED.alice.mailboxes['dora@example.com'].password)],
		}),
	},
	{
		message: 'The hosting plan of the account leaves out a feature that … needs',
		advice:
			'The hosting plan leaves this feature out. The hosting provider can turn it on for the account.',
		cause: 'The hosting plan leaves Webmail or mail out',
		arrange: () => ({ switches: { featureOff: ['Session'] }, steps: [session()] }),
	},
	{
		message: '… sends its whole list at once, and it is too long',
		advice: 'Name one domain under “Domain”: its mailboxes alone make a shorter list.',
		cause: '_Get Many Mailboxes_ at a server with thousands that does not send lists in parts',
		arrange: manyAtOnce,
	},
	{
		message: 'The cPanel license of … has expired',
		advice: 'Only the hosting provider can renew it. cPanel answers nothing until then.',
		cause: 'The server itself is out of order',
		arrange: () => ({ switches: { licensePage: true }, steps: [session()] }),
	},
	{
		message: 'Webmail does not know this session any more: it was used before, or never existed',
		advice: NEW_SESSION,
		cause: 'A second click, or a scanner that opened the link first',
		arrange: (scene) =>
			loginAfter(scene, (made, { state }) => {
				state.sessions.open(made);
			}),
	},
	{
		message: 'The session expired before it was used',
		advice: NEW_SESSION,
		cause: 'It was older than about 15 minutes',
		arrange: (scene) => loginAfter(scene, (_, { clock }) => clock.advance(16 * 60_000)),
	},
	{
		message: 'The session was made for another address than the one that used it',
		advice:
			'cPanel binds a session to an address: the one under “Remote Address”, or else n8n’s. Leave it empty when n8n itself logs in; give the visitor’s address for a link or a page.',
		cause: 'It is bound to n8n’s address, or to a wrong one',
		arrange: (scene) => loginAfter(scene, () => {}, '203.0.113.7'),
	},
	{
		message: '… asks for fewer requests (HTTP 429), asked 4 times',
		advice:
			'Wait a while, then run what is missing with fewer items at a time or a lower “Max Concurrency” under “Options”.',
		cause: 'The server had too much to do each time; the other items went on, with fewer at once',
		arrange: () => ({ switches: { busy: { status: 429 } }, steps: [session()] }),
	},
	{
		message: '… is not available at the moment (HTTP 503), asked 4 times',
		advice: 'It may be overloaded, restarting or under maintenance. Run the item again later.',
		cause: 'The same, in other words',
		arrange: () => ({ switches: { busy: { status: 503 } }, steps: [session()] }),
	},
	{
		message: 'Given up: … is not available at the moment (HTTP 503), 6 times in a row',
		advice:
			'Nothing more was sent to it. It may be overloaded, restarting or under maintenance. Run the item again later.',
		cause: 'Nothing but 503 (or 429) for half a minute, or for as long as the server asked for',
		arrange: () => ({
			switches: { busy: { status: 503 } },
			items: [{}, {}, {}, {}, {}, {}, {}],
			steps: [session()],
		}),
	},
	{
		message: '… is not available at the moment (HTTP 503)',
		advice:
			'The login was not sent again, because a session works once. Wait a while, create a new session and log in with that one.',
		cause: 'A login met a server that had too much to do; the same with HTTP 429',
		arrange: async (scene) =>
			await loginAfter(scene, (_, { switches }) => {
				switches.busy = { status: 503 };
			}),
	},
	{
		message: 'Not sent: this server refused 3 sign-ins within a minute',
		advice:
			'More of them would lock n8n out. Wait a minute before you run what is missing. The last one: Webmail does not know this session any more: it was used before, or never existed. Create a new session and use it within 15 minutes, once.',
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
			'Nothing shows that the server works for this credential, and more of the same could lock n8n out. The last one: Nothing accepts connections at',
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
	{
		message: 'The certificate of … was refused: it is self-signed',
		advice:
			'Use the name the certificate was issued for, or have the server get a valid one. For a server you trust, turn on “Ignore SSL Issues” in the cPanel credential.',
		cause: 'A self-signed certificate; the same for one that has expired or names another server',
		arrange: async (scene) => await withCredential(scene, { server: scene.stranger.address }),
	},
	{
		message: 'Nothing accepts connections at …',
		advice: CHECK_REACHABLE,
		cause: 'Wrong server or port, or a firewall',
		arrange: async (scene) => await withCredential(scene, { server: '127.46.0.1' }),
	},
	{
		message: '… did not answer completely within … seconds',
		advice: `Raise “Timeout” under “Options” if the server is slow. ${CHECK_REACHABLE}`,
		cause: 'A slow server, or a firewall that drops what comes from n8n',
		arrange: () => ({
			switches: { neverAnswer: true },
			steps: [session({ options: { timeout: 2 } })],
		}),
	},
	{
		message: 'The host name of … is not known',
		advice: 'Check the spelling, and that the name can be resolved on the machine n8n runs on.',
		cause: 'A name that does not exist, or one that n8n’s machine cannot resolve',
		arrange: async (scene) => await withCredential(scene, { server: 'cpanel.invalid' }),
	},
];
