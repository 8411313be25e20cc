import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import type { ItemRequest, Operation } from '../../shared/n8n/operations';
import type { ParameterReader } from '../../shared/n8n/parameters';

/** What an operation may use beside the parameters. */
export interface LoginTools {
	helpers: IExecuteFunctions['helpers'];
	/** What the credential of the operation holds; nothing where it needs none. */
	credential: ICredentialDataDecryptedObject;
}

/** One operation of the node: how it is shown, what it reads, what it does. */
export interface LoginOperation extends Operation {
	/** The credential it needs; n8n asks for one then. */
	credential?: 'cpanelAccessLinkApi';
	/**
	 * Reads and checks the parameters of an item. Sends nothing.
	 *
	 * @throws {CpanelError} of kind `input`
	 */
	read(item: ParameterReader, tools: LoginTools): ItemRequest;
}
