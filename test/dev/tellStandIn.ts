import { WHM_SEED, type Cpsrvd } from '../cpsrvd';
import { ABOUT_ACCOUNTS } from './standIn';

/**
 * What a person has to know to use a stand-in: where it listens, who may sign in, and with which secrets.
 *
 * @returns lines for a terminal
 */
export function tellStandIn(server: Cpsrvd): string[] {
	const { cpanelOrigin, webmailOrigin, whmOrigin } = server;
	return [
		`cPanel   ${cpanelOrigin}`,
		`Webmail  ${webmailOrigin}`,
		`WHM      ${whmOrigin}`,
		'They signed their certificate themselves: a browser asks once whether you trust it.',
		'',
		'WHM users',
		...Object.values(WHM_SEED).map(({ user, apiToken }) => `  ${user.padEnd(7)} token ${apiToken}`),
		'',
		'cPanel accounts',
		...[...server.state.accounts.values()].flatMap(
			({ user, password, apiToken, totpSecret, mailboxes }) => [
				`  ${user.padEnd(7)} ${ABOUT_ACCOUNTS[user] ?? 'all is well'}`,
				...(apiToken ? [`          token ${apiToken}`] : []),
				`          password ${password}`,
				...(totpSecret ? [`          two-factor secret ${totpSecret}`] : []),
				...Object.entries(mailboxes).map(
					([address, { password: secret, suspendedLogin }]) =>
						`          ${address}, password ${secret}${suspendedLogin ? ' (its login is suspended)' : ''}`,
				),
			],
		),
		'',
		`As with cPanel, five refused logins lock a user, and the address they came from, for a quarter of an hour.`,
	];
}
