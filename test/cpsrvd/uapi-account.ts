import { domainsOf, type Mailbox } from './accounts';
import { nameOf, required, UapiError, type UapiModule } from './uapi';

/** The UAPI module `Locale`. */
export const localeModule: UapiModule = {
	list_locales: () => [
		{ locale: 'ar', name: 'Arabic', local_name: 'العربية', direction: 'rtl' },
		{ locale: 'de', name: 'German', local_name: 'Deutsch', direction: 'ltr' },
		{ locale: 'en', name: 'English', local_name: 'English', direction: 'ltr' },
		{ locale: 'fr', name: 'French', local_name: 'français', direction: 'ltr' },
		{
			locale: 'pt_br',
			name: 'Brazilian Portuguese',
			local_name: 'português do Brasil',
			direction: 'ltr',
		},
	],
};

/** The UAPI module `DomainInfo`. */
export const domainInfoModule: UapiModule = {
	list_domains: ({ account }) => ({
		main_domain: account.mainDomain,
		addon_domains: account.addonDomains,
		parked_domains: account.parkedDomains,
		sub_domains: account.subDomains,
	}),
};

/** The UAPI module `Variables`. */
export const variablesModule: UapiModule = {
	get_user_information(call) {
		const { account, exchange } = call;
		const information: Record<string, unknown> = {
			user: nameOf(call),
			domain: account.mainDomain,
			domains: domainsOf(account),
			home: `/home/${account.user}`,
			ip: '192.0.2.1',
			locale: account.locale,
			maximum_mail_accounts: null,
			plan: 'default',
			theme: 'jupiter',
		};
		const name = exchange.args['name'];
		return name === undefined ? information : { [name]: information[name] ?? null };
	},
};

/** The UAPI module `Email`. */
export const emailModule: UapiModule = {
	list_pops({ account, exchange }) {
		const { args } = exchange;
		// The account itself is in the list, too, under its bare name.
		const main = {
			email: account.user,
			login: 'Main Account',
			suspended_incoming: 0,
			suspended_login: 0,
		};
		const mailboxes = Object.entries(account.mailboxes).map(([email, mailbox]) => ({
			email,
			login: email,
			suspended_incoming: 0,
			suspended_login: mailbox.suspendedLogin ? 1 : 0,
		}));
		const all = args['skip_main'] === '1' ? mailboxes : [main, ...mailboxes];
		const wanted = pattern(args['regex']);
		return all.filter(({ email }) => wanted.test(email));
	},

	add_pop(call) {
		const { account, exchange } = call;
		const domain = exchange.args['domain'] || account.mainDomain;
		// Names of mailboxes are lower case, however they are written.
		const address = `${required(call, 'email')}@${domain}`.toLowerCase();
		const password = required(call, 'password');
		if (!domainsOf(account).includes(domain)) {
			throw new UapiError(`You do not own the domain “${domain}”.`);
		}
		if (Object.hasOwn(account.mailboxes, address)) {
			throw new UapiError(`The account ${address} already exists!`);
		}
		account.mailboxes[address] = { password };
		return address.replace('@', '+');
	},

	list_pops_with_disk({ account, exchange }) {
		const { args } = exchange;
		const wanted = pattern(args['regex']);
		return Object.entries(account.mailboxes)
			.map(([email, mailbox]) => {
				const at = email.lastIndexOf('@');
				return {
					email,
					user: email.slice(0, at),
					domain: email.slice(at + 1),
					login: email,
					suspended_incoming: 0,
					suspended_login: mailbox.suspendedLogin ? 1 : 0,
					suspended_outgoing: 0,
					hold_outgoing: 0,
					...(args['no_disk'] === '1' ? {} : diskUse(mailbox)),
				};
			})
			.filter(({ domain }) => !args['domain'] || domain === args['domain'])
			.filter(({ email }) => !args['email'] || email === args['email'])
			.filter(({ email }) => wanted.test(email));
	},
};

const MEBIBYTE = 1024 * 1024;

/** Sizes as seen live: strings. */
function diskUse({ diskUsed = 0, diskQuota }: Mailbox): object {
	const mebibytes = (bytes: number): number => Math.round((bytes / MEBIBYTE) * 100) / 100;
	return {
		diskused: String(mebibytes(diskUsed)),
		_diskused: String(Math.round(diskUsed)),
		diskquota: diskQuota === undefined ? 'unlimited' : String(mebibytes(diskQuota)),
		_diskquota: String(Math.round(diskQuota ?? 0)),
		humandiskused: `${mebibytes(diskUsed)} MB`,
		mtime: String(1_700_000_000),
	};
}

/** A regular expression from an argument; without one, everything matches. */
function pattern(source = ''): RegExp {
	try {
		return new RegExp(source);
	} catch {
		throw new UapiError(`“${source}” is not a regular expression.`);
	}
}
