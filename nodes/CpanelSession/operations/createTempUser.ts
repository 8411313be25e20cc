import type { INodeProperties } from 'n8n-workflow';

import type { Channel } from '../../shared/cpanel/api/send';
import { createTempUser as createUser } from '../../shared/cpanel/functions/tempUser';
import { webmailHostText } from '../../shared/cpanel/input/host';
import { hostOfSession, parseCookie, parseSessionUrl } from '../../shared/cpanel/input/sessionUrl';
import type { LoggedInSession } from '../../shared/cpanel/input/sessionUrl';
import type { ItemAnswer } from '../../shared/n8n/batch/ItemPlan';
import type { Accounts } from '../../shared/n8n/openAccounts';
import type { Operation } from '../../shared/n8n/operations';
import type { ParameterReader } from '../../shared/n8n/parameters';
import { forWhm } from '../../shared/n8n/description';
import { account, commonOptions } from '../fields';

const forNewSession = { show: { sessionSource: ['new'] } };

const forExistingSession = { show: { sessionSource: ['existing'] } };

const fields: INodeProperties[] = [
	{
		displayName: 'Session',
		name: 'sessionSource',
		type: 'options',
		options: [
			{
				name: 'New',
				value: 'new',
				description: 'Open a Webmail session for the account and use it',
			},
			{
				name: 'Existing',
				value: 'existing',
				description: 'Use a session that the cPanel Webmail Login node has logged in to',
			},
		],
		default: 'new',
		description:
			'The session that the temporary user belongs to. cPanel removes the user with the session.',
	},
	{
		...account,
		description: 'The account that WHM acts for',
		displayOptions: { show: { ...forWhm.show, ...forNewSession.show } },
	},
	{
		displayName: 'Session URL',
		name: 'sessionUrl',
		type: 'string',
		default: '={{ $json.sessionUrl }}',
		required: true,
		displayOptions: forExistingSession,
		placeholder: 'e.g. https://mail.example.com:2096/cpsess0123456789',
		description:
			'The field of this name that the Log In operation of the cPanel Webmail Login node returns',
	},
	{
		displayName: 'Cookie',
		name: 'cookie',
		type: 'string',
		typeOptions: { password: true },
		default: '={{ $json.cookie }}',
		required: true,
		displayOptions: forExistingSession,
		description:
			'The field of this name that the Log In operation of the cPanel Webmail Login node returns',
	},
	commonOptions,
];

/** The function works inside a session only; an account knows how to open one. */
export const createTempUser: Operation<Accounts> = {
	option: {
		name: 'Create Temporary Database User',
		value: 'createTempUser',
		action: 'Create temporary database user',
		description:
			'Create a MySQL user that exists as long as the session, for tools such as phpMyAdmin',
	},

	fields,

	sensitiveOutput: ['cookie', 'sessionUrl'],

	itemsCarrySecrets: true,

	read(item, accounts) {
		if (item.choice('sessionSource', ['new', 'existing']) === 'existing') {
			const session = readSession(item);
			return {
				server: hostOfSession(session.sessionUrl).origin,
				// who says to be busy may have made the user: the session would not tell its name again
				repeatable: false,
				run: async (channel) => await createIn(session, channel),
			};
		}
		const owner = accounts.byName(item);
		return {
			server: owner.server.origin,
			run: async (channel) => await createIn(await owner.openSession(channel), channel),
		};
	},
};

function readSession(item: ParameterReader): LoggedInSession {
	return {
		sessionUrl: parseSessionUrl(item.text('sessionUrl')),
		cookie: parseCookie(item.text('cookie')),
	};
}

async function createIn(
	{ sessionUrl, cookie }: LoggedInSession,
	channel: Channel,
): Promise<ItemAnswer> {
	const { created, session_temp_user, warnings } = await createUser(channel, {
		sessionUrl,
		cookie,
	});
	const host = webmailHostText(hostOfSession(sessionUrl));
	return { items: [{ json: { created, session_temp_user, sessionUrl, cookie, host } }], warnings };
}
