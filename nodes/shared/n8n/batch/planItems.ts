import type { IExecuteFunctions } from 'n8n-workflow';

import type { Channel } from '../../cpanel/api/exchange';
import { openTransport } from '../../http/openTransport';
import type { OpenedTransport } from '../../http/openTransport';
import type { Operation } from '../operations';
import { itemParameters, timeoutParameter } from '../parameters';
import type { ParameterReader } from '../parameters';
import type { ItemPlan } from './ItemPlan';
import { itemTask } from './itemTask';

/** A channel of the plan, with a timeout in milliseconds. */
type ChannelOf = (ignoresCertificates: boolean, timeout: number) => Channel;

interface PlanOptions<Tools> extends Pick<ItemPlan, 'maxConcurrency' | 'repeatable'> {
	operation: Operation<Tools>;
	/** What the operation uses beside the parameters of an item. */
	tools: Tools;
	/** Where the user finds the switch that accepts unverified certificates. */
	certificateSwitch: string;
	/** Whether that switch is on for an item. */
	ignoresCertificates: (item: ParameterReader) => boolean;
	/** Gives back what was opened at a server. Never rejects. */
	cleanup?: (channelOf: ChannelOf) => Promise<void>;
}

/** How the chosen operation of a node treats the items of one execution. Opens nothing before the first request. */
export function planItems<Tools>(
	context: IExecuteFunctions,
	{
		operation,
		tools,
		certificateSwitch,
		ignoresCertificates,
		cleanup,
		...limits
	}: PlanOptions<Tools>,
): ItemPlan {
	const open = (allowUnauthorizedCerts: boolean): OpenedTransport =>
		openTransport(context.helpers, {
			allowUnauthorizedCerts,
			keepConnections: context.getInputData().length > 1,
			cancelSignal: context.getExecutionCancelSignal(),
		});
	const verifying = open(false);
	const trusting = open(true);
	const channelOf: ChannelOf = (ignores, timeout) => ({
		transport: ignores ? trusting : verifying,
		timeout,
		certificateSwitch,
		ignoresCertificates: ignores,
	});
	return {
		...limits,
		itemsCarrySecrets: operation.itemsCarrySecrets,
		read(itemIndex) {
			const item = itemParameters(context, itemIndex, operation.fields);
			const task = operation.read(item, tools);
			const timeout = timeoutParameter(item);
			return itemTask(task, channelOf(ignoresCertificates(item), timeout));
		},
		notKept: () => verifying.notKept ?? trusting.notKept,
		async close() {
			await cleanup?.(channelOf);
			await verifying.close();
			await trusting.close();
		},
	};
}
