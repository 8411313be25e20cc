import type { IExecuteFunctions } from 'n8n-workflow';

import type { ItemRequest, Operation } from '../../shared/n8n/operations';
import type { ParameterReader } from '../../shared/n8n/parameters';

/** One operation of the node: how it is shown, what it reads, what it does. */
export interface LoginOperation extends Operation {
	/**
	 * Reads and checks the parameters of an item. Sends nothing.
	 *
	 * @throws {CpanelError} of kind `input`
	 */
	read(item: ParameterReader, helpers: IExecuteFunctions['helpers']): ItemRequest;
}
