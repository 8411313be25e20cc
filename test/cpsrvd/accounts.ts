/** A mailbox, found under its full address. */
export interface Mailbox {
	password: string;
	/** The owner may not log in, although the password is right. */
	suspendedLogin?: boolean;
	/** Bytes in use; 0 unless given. */
	diskUsed?: number;
	/** The limit in bytes; without one the mailbox is unlimited. */
	diskQuota?: number;
}

/** A cPanel account with what belongs to it. */
export interface Account {
	user: string;
	password: string;
	/** The one API token of the account, if it has any. */
	apiToken?: string;
	/** The secret behind the six digits of the second factor (base32), if the account uses one. */
	totpSecret?: string;
	/** The WHM user that the account belongs to. */
	owner: string;
	locale: string;
	mainDomain: string;
	addonDomains: readonly string[];
	parkedDomains: readonly string[];
	subDomains: readonly string[];
	/** By full address. */
	mailboxes: Record<string, Mailbox>;
}

/** What has to be said about an account; the rest is filled in. */
export type AccountSeed = Pick<Account, 'user' | 'password' | 'mainDomain'> &
	Partial<Omit<Account, 'user' | 'password' | 'mainDomain'>>;

const MEBIBYTE = 1024 * 1024;

/** The accounts of a new server. Tests name domains and secrets through it. */
export const SEED = {
	alice: {
		user: 'alice',
		password: 'alice pässword+%&',
		apiToken: 'ALICETOKEN0123456789ABCDEFGHIJKL',
		owner: 'agency',
		mainDomain: 'example.com',
		addonDomains: ['shop.example.com'],
		parkedDomains: ['example.net'],
		subDomains: ['blog.example.com'],
		mailboxes: {
			'anna@example.com': {
				password: 'änna: p@ss+w%rd & more',
				diskUsed: 862.11 * MEBIBYTE,
				diskQuota: 1024 * MEBIBYTE,
			},
			'ben@example.com': { password: 'ben-9f31c2' },
			'carol@example.com': { password: 'carol-77aa04' },
			'dora@example.com': { password: 'dora-5e8d10', suspendedLogin: true },
			"o'neil+news@example.com": { password: 'oneil-b6c9e7' },
			'jürgen@example.com': { password: 'jürgen-c04d15' },
			'orders@shop.example.com': { password: 'orders-1d2e3f' },
		},
	},
	bob: {
		user: 'bob',
		password: 'bob-password-48151',
		apiToken: 'BOBTOKEN0123456789ABCDEFGHIJKLMN',
		mainDomain: 'example.org',
		mailboxes: { 'rob@example.org': { password: 'rob-62342b' } },
	},
} as const satisfies Record<string, AccountSeed>;

/** The accounts of the server, by the name of their user. */
export class Accounts extends Map<string, Account> {
	/** Adds an account, or replaces the one of the same name. */
	add(seed: AccountSeed): Account {
		const account: Account = {
			owner: 'root',
			locale: 'en',
			addonDomains: [],
			parkedDomains: [],
			subDomains: [],
			...seed,
			mailboxes: structuredClone(seed.mailboxes ?? {}),
		};
		this.set(account.user, account);
		return account;
	}

	/** Back to the accounts of a new server. */
	reset(): void {
		this.clear();
		for (const seed of Object.values(SEED)) this.add(seed);
	}

	/** The account that a domain belongs to. */
	ofDomain(domain: string): Account | undefined {
		return [...this.values()].find((account) => domainsOf(account).includes(domain));
	}

	/** The account that a mailbox belongs to. */
	ownerOf(address: string): Account | undefined {
		return [...this.values()].find((account) => Object.hasOwn(account.mailboxes, address));
	}
}

/** Every domain of an account, the main one first. */
export function domainsOf(account: Account): string[] {
	return [
		account.mainDomain,
		...account.addonDomains,
		...account.parkedDomains,
		...account.subDomains,
	];
}
