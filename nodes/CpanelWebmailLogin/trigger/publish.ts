import type { IHookFunctions } from 'n8n-workflow';

import { readKeyring } from '../../shared/accessLink/keys';
import { parseUrl } from '../../shared/cpanel/input/host';
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
		const links = await context.getCredentials('cpanelAccessLinkApi');
		readKeyring(links);
		const authentication = item.text('authentication');
		await openAccounts(context, authentication);
		readAccessPage(item);
		const { allowedDomains } = readSettings(item);
		if (authentication === 'whm' && allowedDomains.size === 0) {
			context.logger.warn(
				`“${context.getNode().name}” signs in to WHM and has no “Allowed Domains”: an access link can open any mailbox of any account`,
			);
		}
		warnOfAnotherAddress(context, item.text('path'), links.address);
	} catch (error) {
		throw toNodeError(error, context.getNode());
	}
}

/**
 * A link is bound to the credential and not to a trigger: what one refuses, another with the same credential opens. So
 * publishing tells when the credential leads somewhere else. An address of one's own in front of n8n may be right.
 */
function warnOfAnotherAddress(context: IHookFunctions, path: string, address: unknown): void {
	const { name, webhookId = '' } = context.getNode();
	const own = pathnameOf(`https://n8n.invalid/${path.trim() || webhookId}`);
	const given = pathnameOf(String(address));
	if (own === '' || given === undefined || own === undefined || given.endsWith(own)) return;
	context.logger.warn(
		`The access link credential of “${name}” has an address that does not end with the path of this trigger (${own}). Its links lead elsewhere, unless that is a short address which leads here. If it belongs to another trigger, give this one a credential of its own: every trigger with the same credential opens the same links.`,
	);
}

/** Without a slash at its end, and with one at its start. */
function pathnameOf(address: string): string | undefined {
	return parseUrl(address)
		?.pathname.replace(/\/{2,}/g, '/')
		.replace(/\/$/, '');
}
