import { startCpsrvd, type AccountSeed, type Cpsrvd, type JournalEntry } from '../cpsrvd';
import { TOLERATED_FAILURES } from '../cpsrvd/lockout';

/** The accounts that somebody has trouble with; those of `SEED` are there as well. */
export const TROUBLED = {
	tina: {
		user: 'tina',
		password: 'tina-password-60211',
		totpSecret: 'JBSWY3DPEHPK3PXP',
		owner: 'agency',
		mainDomain: 'tina.example',
		mailboxes: { 'tina@tina.example': { password: 'tina-2b7c44' } },
	},
	felix: {
		user: 'felix',
		password: 'felix-password-77120',
		apiToken: 'FELIXTOKEN0123456789ABCDEFGHIJKL',
		owner: 'agency',
		mainDomain: 'felix.example',
		mailboxes: { 'felix@felix.example': { password: 'felix-90ab12' } },
	},
	lea: {
		user: 'lea',
		password: 'lea-password-31873',
		apiToken: 'LEATOKEN0123456789ABCDEFGHIJKLMN',
		owner: 'agency',
		mainDomain: 'lea.example',
		mailboxes: { 'lea@lea.example': { password: 'lea-4410fd' } },
	},
	emma: {
		user: 'emma',
		password: 'emma-password-90543',
		apiToken: 'EMMATOKEN0123456789ABCDEFGHIJKLM',
		owner: 'agency',
		mainDomain: 'emma.example',
	},
} as const satisfies Record<string, AccountSeed>;

/** What is to be known of an account besides its secrets. */
export const ABOUT_ACCOUNTS: Readonly<Record<string, string>> = {
	alice: 'all is well; belongs to the reseller agency',
	bob: 'belongs to root: the reseller agency may not act for it',
	tina: 'signs in with a password and a second factor',
	felix: 'may list neither domains nor mailboxes',
	lea: 'locked out for the first quarter of an hour',
	emma: 'has no mailbox yet',
};

/** The lists that are closed to `felix`. */
const LISTS = ['DomainInfo', 'Email'];

/** Starts a stand-in for cPanel with accounts to try things with, one of each trouble. */
export async function startStandIn(): Promise<Cpsrvd> {
	const server = await startCpsrvd();
	for (const account of Object.values(TROUBLED)) server.addAccount(account);
	Object.assign(server.switches, { featureOff: LISTS, when: isForFelix });
	for (let nth = 0; nth < TOLERATED_FAILURES; nth += 1) server.state.lockout.refused('lea');
	return server;
}

function isForFelix({ headers, form, query }: JournalEntry): boolean {
	const { user } = TROUBLED.felix;
	return (
		headers.authorization?.startsWith(`cpanel ${user}:`) === true ||
		[form, query].some((args) => args['cpanel.user'] === user)
	);
}
