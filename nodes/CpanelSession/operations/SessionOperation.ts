import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { Door } from '../../shared/cpanel/accounts';
import type { Connection } from '../../shared/cpanel/calls/exchange';
import type { ItemAnswer } from '../../shared/n8n/batch/runItems';
import type { Concern } from '../entrance';

/** One operation of the node: how it is shown, what it reads, what it does. */
export interface SessionOperation<Parameters> {
	/** Its entry in the operation selector. */
	option: INodePropertyOptions;
	/** Whether each item brings a secret that may be wrong for itself. */
	itemsCarrySecrets: boolean;
	/**
	 * Reads and checks the parameters of an item. Sends nothing.
	 *
	 * @throws {CpanelError} of kind `input`
	 */
	read(context: IExecuteFunctions, itemIndex: number): Parameters;
	/** Whose account an item is about. */
	concern(parameters: Parameters): Concern;
	/**
	 * @param door the way into that account
	 * @throws {CpanelError}
	 */
	run(parameters: Parameters, connection: Connection, door: Door): Promise<ItemAnswer>;
}
