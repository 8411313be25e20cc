import { SEED } from '../../../cpsrvd';
import { checkPassword, manyAtOnce, session, throughWhm, typed } from './arrange';
import type { TroubleGroup } from './trouble';

const UNKNOWN_FUNCTION = JSON.stringify({
	status: 0,
	errors: [
		'The system could not find the function “create_webmail_session_for_mail_user” in the module “Session”.',
	],
});

const NOT_THEIR_DOMAIN = JSON.stringify({
	status: 0,
	errors: ['You do not own the domain “example.com”.'],
});

export const refusals: TroubleGroup = {
	title: 'cPanel or WHM says no',
	troubles: [
		{
			message: 'WHM found no account that owns …',
			advice:
				'Check the domain, or choose the account under “cPanel Account”. This WHM user must be allowed to act for the account.',
			cause: 'The domain is not on the server, or belongs to the account of somebody else',
			arrange: async (scene) => await throughWhm(scene, { domain: typed('nobodys.example') }),
		},
		{
			message: '… is not an account that this WHM user may act for',
			advice: 'Check “cPanel Account”: it must be an account that this WHM user may act for.',
			cause: 'Often an account that is not the reseller’s, or a name that was typed wrongly',
			arrange: async (scene) => await throughWhm(scene, { account: typed('bob') }),
		},
		{
			message: '… answered that the hosting account is suspended (HTTP 302)',
			advice:
				'Only the hosting provider can lift the suspension. If the account is not suspended, check the server name.',
			cause: 'The web server redirects to its page for suspended accounts',
			arrange: () => ({ switches: { front: 'suspendedPage' }, steps: [session()] }),
		},
		{
			message: '… is probably not a mailbox of this account',
			advice:
				'Often the mailbox does not exist in this account: check its name and domain. Otherwise, the hosting provider can find the error ID in cPanel’s log.',
			cause: 'Often a mailbox that does not exist; cPanel gives no more than an “Error ID”',
			arrange: () => ({
				switches: { missingMailbox: 'errorId' },
				steps: [session({ login: typed('nobody') })],
			}),
		},
		{
			message: '… is not a mailbox of this account',
			advice:
				'Check the name and domain of the mailbox: it must exist in the cPanel account that the node uses.',
			cause: 'The mailbox is not in that account',
			arrange: () => ({ steps: [session({ login: typed('nobody') })] }),
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
			message: 'The hosting plan of the account does not include a feature that … needs',
			advice: 'The hosting provider can enable the feature for the account.',
			cause: 'The hosting plan leaves Webmail or mail out',
			arrange: () => ({ switches: { featureOff: ['Session'] }, steps: [session()] }),
		},
		{
			message: '… sends its whole list at once, and the list is too long',
			advice: 'Enter one domain under “Domain” to get a shorter list.',
			cause: '_Get Many Mailboxes_ at a server with thousands that does not send lists in parts',
			arrange: manyAtOnce,
		},
		{
			message: 'The cPanel license of … has expired',
			advice: 'Only the hosting provider can renew it. Until then, cPanel does not answer.',
			cause: 'The server itself is out of order',
			arrange: () => ({ switches: { licensePage: true }, steps: [session()] }),
		},
		{
			message: '… is not a domain of this account',
			advice:
				'Check the domain: it must be one of the cPanel account that the credential signs in as.',
			cause: 'The domain belongs to another account, or to none',
			arrange: () => ({ switches: { jsonText: NOT_THEIR_DOMAIN }, steps: [session()] }),
		},
		{
			message: 'This cPanel server does not support …',
			advice:
				'This cPanel is too old for the function, or the port belongs to another service: cPanel is 2083.',
			cause: 'An old server, or the port of Webmail or WHM',
			arrange: () => ({ switches: { jsonText: UNKNOWN_FUNCTION }, steps: [session()] }),
		},
		{
			message: 'cPanel’s response contains no session',
			advice:
				'This response cannot be used to log in. Run the item again. If it keeps happening, report it to the hosting provider.',
			cause:
				'The server says yes and gives nothing; the same with a security token that is missing or malformed',
			arrange: () => ({ switches: { sessionMissing: true }, steps: [session()] }),
		},
	],
};
