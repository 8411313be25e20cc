import type {
	ICredentialDataDecryptedObject,
	INodeCredentialsDetails,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { OneCredential } from './credentialsHelper';

/** Hands out one credential of each type. */
export class CredentialsByType extends OneCredential {
	/** @param credentials what they hold, by their type; may be changed at any time */
	constructor(readonly credentials: Record<string, ICredentialDataDecryptedObject>) {
		super({ name: '', displayName: '', properties: [] }, {});
	}

	override async getDecrypted(
		_data?: IWorkflowExecuteAdditionalData,
		_details?: INodeCredentialsDetails,
		type = '',
	): Promise<ICredentialDataDecryptedObject> {
		const credential = this.credentials[type];
		if (credential === undefined) throw new Error(`There is no credential of type ${type}`);
		return credential;
	}
}
