import type { IHookFunctions } from 'n8n-workflow';

import { readKeyring } from '../../shared/accessLink/keys';
import { openAccounts } from '../../shared/n8n/openAccounts';
import { toNodeError } from '../../shared/n8n/nodeErrors';
import { formParameters } from '../../shared/n8n/parameters';
import { fields } from './fields';
import { readAccessPage, readSettings } from './settings';

/**
 * Reads all that the trigger is set to, so that a mistake is told to whoever publishes it and not to whoever clicks.
 * Sends nothing.
 *
 * @throws {NodeOperationError} for what is not usable
 */
export async function checkBeforePublishing(context: IHookFunctions): Promise<void> {
	try {
		const item = formParameters(context, fields);
		readKeyring(await context.getCredentials('cpanelAccessLinkApi'));
		const authentication = item.text('authentication');
		await openAccounts(context, authentication);
		readAccessPage(item);
		const { allowedDomains } = readSettings(item);
		if (authentication === 'whm' && allowedDomains.size === 0) {
			context.logger.warn(
				`“${context.getNode().name}” signs in to WHM and has no “Allowed Domains”: an access link can open any mailbox of any account`,
			);
		}
	} catch (error) {
		throw toNodeError(error, context.getNode());
	}
}
