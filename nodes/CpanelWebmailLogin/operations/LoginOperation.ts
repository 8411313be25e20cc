import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { Connection } from '../../shared/cpanel/calls/exchange';
import type { LoginTicket } from '../../shared/cpanel/sessions/webmailLogin';
import type { ItemAnswer } from '../../shared/n8n/batch/runItems';

/** What an operation may use beside the session itself. */
export interface LoginTools {
	context: IExecuteFunctions;
	itemIndex: number;
	connection: Connection;
}

/** One operation of the node: how it is shown, and what it makes of a session. */
export interface LoginOperation {
	/** Its entry in the operation selector. */
	option: INodePropertyOptions;
	/** @throws {CpanelError} */
	run(ticket: LoginTicket, tools: LoginTools): Promise<ItemAnswer>;
}
