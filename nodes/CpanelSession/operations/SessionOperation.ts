import type { Accounts } from '../../shared/n8n/openAccounts';
import type { ItemRequest, Operation } from '../../shared/n8n/operations';
import type { ParameterReader } from '../../shared/n8n/parameters';

/** One operation of the node: how it is shown, what it reads, what it does. */
export interface SessionOperation extends Operation {
	/** Whether each item brings a secret that may be wrong for itself. */
	itemsCarrySecrets: boolean;
	/**
	 * Reads and checks the parameters of an item, and picks the account it is about. Sends nothing.
	 *
	 * @throws {CpanelError} of kind `input`
	 */
	read(item: ParameterReader, accounts: Accounts): ItemRequest;
}
