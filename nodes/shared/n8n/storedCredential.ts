import { NodeOperationError } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { badInput } from '../errors';
import type { CpanelError } from '../errors';

/**
 * Reads a credential of the node as n8n stores it. Why n8n has none is told in our own words: its own error carries
 * the node along, with what was typed into it.
 *
 * @param type its name in n8n
 * @throws {CpanelError} of kind `input` where there is none that can be read, and n8n's error for an expression
 */
export async function storedCredential(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
	type: string,
): Promise<ICredentialDataDecryptedObject> {
	try {
		return await context.getCredentials(type);
	} catch (error) {
		throw isOfExpression(error) ? error : missing(error);
	}
}

function missing(error: unknown): CpanelError {
	const words = error instanceof Error ? error.message : '';
	if (/does not exist/i.test(words)) {
		return badInput(
			'The credential of this node no longer exists',
			'It was deleted, or the workflow comes from another n8n instance. Choose another one under “Credential”, or create it.',
		);
	}
	return error instanceof NodeOperationError
		? badInput('This node has no credential', 'Choose one under “Credential”, or create it.')
		: badInput(
				'n8n could not read the credential of this node',
				'Open the credential, enter its secrets once more and save it. If that does not help, ask the administrator of this n8n instance to look at its log.',
			);
}

/** Whether an expression of the user's is what went wrong; n8n says how. */
export function isOfExpression(error: unknown): boolean {
	return error instanceof Error && error.name === 'ExpressionError';
}
