import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	INodeProperties,
} from 'n8n-workflow';

import { parseGotoUri } from '../shared/cpanel/input/gotoUri';
import { normalizeLocale } from '../shared/cpanel/input/locale';
import { parseLoginTicket } from '../shared/cpanel/input/loginTicket';
import type { LoginRequest } from '../shared/cpanel/login/login';
import type { ParameterReader } from '../shared/n8n/parameters';

/** What an operation of the node may use beside the parameters of an item. */
export interface LoginTools {
	helpers: IExecuteFunctions['helpers'];
	/** What the credential of the operation holds; nothing where it needs none. */
	credential: ICredentialDataDecryptedObject;
}

/** The three fields that hold a login ticket; by default they read what the cPanel Session node returned. */
export const ticketFields: INodeProperties[] = [
	{
		displayName: 'Host',
		name: 'host',
		type: 'string',
		default: '={{ $json.host }}',
		required: true,
		placeholder: 'e.g. mail.example.com',
		description: 'Host of the Webmail server. The default port is 2096.',
	},
	{
		displayName: 'Token',
		name: 'token',
		type: 'string',
		typeOptions: { password: true },
		default: '={{ $json.token }}',
		required: true,
		description: 'The security token that the cPanel Session node returns',
	},
	{
		displayName: 'Session',
		name: 'session',
		type: 'string',
		typeOptions: { password: true },
		default: '={{ $json.session }}',
		required: true,
		description:
			'The session that the cPanel Session node returns. It works once and expires after a few minutes.',
	},
];

export const gotoUri: INodeProperties = {
	displayName: 'Go To',
	name: 'gotoUri',
	type: 'string',
	default: '',
	placeholder: 'e.g. /3rdparty/roundcube/index.php',
	description:
		'Webmail page that opens after the login. If empty, Webmail opens the page that the user chose.',
};

export const locale: INodeProperties = {
	displayName: 'Locale',
	name: 'locale',
	type: 'string',
	default: '',
	placeholder: 'e.g. pt_br',
	description: 'Language of Webmail. If empty, Webmail uses the language of the session.',
};

/**
 * Reads the login ticket of an item, and what is asked for beside it.
 *
 * @throws {CpanelError} of kind `input`
 */
export function readTicket(item: ParameterReader): LoginRequest {
	return {
		...parseLoginTicket({
			host: item.text('host'),
			token: item.text('token'),
			session: item.text('session'),
		}),
		gotoUri: parseGotoUri(item.text('options.gotoUri')),
		locale: normalizeLocale(item.text('options.locale')),
	};
}

/**
 * A notice above the fields of what works for somebody who is looking at the screen now.
 *
 * @param name tells it from those of other operations
 * @param what begins its sentence
 */
export function notForMails(name: string, what: string): INodeProperties {
	return {
		displayName: `${what} works once, for a few minutes and from one address. Do not send it by email: “Create Access Link” creates links for that.`,
		name: `${name}Notice`,
		type: 'notice',
		default: '',
	};
}
