import { SEED } from '../cpsrvd';
import { workflowOf } from '../e2e/harness/steps';
import type { WorkflowFile } from '../e2e/harness/workflowFile';

const { mailboxes } = SEED.alice;

/**
 * Workflows in which something goes wrong. The first item of each is right, so that a node can be seen to go on.
 */
export const TROUBLES: WorkflowFile[] = [
	workflowOf(
		'Trouble: mailboxes',
		[
			{
				name: 'cPanel Session',
				type: 'n8n-nodes-cpanel-session.cpanelSession',
				onError: 'continueRegularOutput',
				credentials: { cpanelApi: { id: null, name: '' } },
				parameters: {
					operation: 'createWebmailSessionForMailUserCheckPassword',
					domain: { __rl: true, mode: 'name', value: '' },
					login: { __rl: true, mode: 'name', value: '={{ $json.mailbox }}' },
					password: '={{ $json.password }}',
				},
			},
		],
		[
			{ mailbox: 'anna@example.com', password: mailboxes['anna@example.com'].password },
			{ mailbox: 'dora@example.com', password: mailboxes['dora@example.com'].password },
			{ mailbox: 'nobody@example.com', password: 'whatever' },
			{ mailbox: 'rob@example.org', password: SEED.bob.mailboxes['rob@example.org'].password },
			{ mailbox: 'no address at all', password: 'whatever' },
		],
	),
	workflowOf(
		'Trouble: accounts of a reseller',
		[
			{
				name: 'cPanel Session',
				type: 'n8n-nodes-cpanel-session.cpanelSession',
				onError: 'continueRegularOutput',
				credentials: { cpanelWhmApi: { id: null, name: '' } },
				parameters: {
					authentication: 'whm',
					operation: 'createWebmailSessionForMailUser',
					account: { __rl: true, mode: 'name', value: '' },
					domain: { __rl: true, mode: 'name', value: '' },
					login: { __rl: true, mode: 'name', value: '={{ $json.mailbox }}' },
				},
			},
		],
		[
			{ mailbox: 'anna@example.com' },
			{ mailbox: 'felix@felix.example' },
			{ mailbox: 'rob@example.org' },
			{ mailbox: 'anna@nowhere.example' },
		],
	),
];
