import type { IExecuteFunctions } from 'n8n-workflow';

import { explain } from '../../cpanel/api/explain';
import type { Channel } from '../../cpanel/api/send';
import type { HttpTransport, PendingMatch } from '../../http/HttpTransport';
import { openTransport } from '../../http/openTransport';
import type { OpenedTransport } from '../../http/openTransport';
import type { Operation } from '../operations';
import { itemParameters, timeoutParameter } from '../parameters';
import type { ParameterReader } from '../parameters';
import type { ItemPlan, ItemTask } from './ItemPlan';

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

/** What an item asks for, over a channel that remembers what the item was answered. */
export function itemTask({ run, ...request }: ItemTask<[Channel]>, channel: Channel): ItemTask {
	let matches: PendingMatch[] = [];
	const transport: HttpTransport = {
		async send(sent) {
			const answer = await channel.transport.send(sent);
			if (answer.pendingMatch !== undefined) matches.push(answer.pendingMatch);
			return answer;
		},
		// closing stays with whoever opened it
		async close() {},
	};
	return {
		...request,
		async run() {
			// what an earlier run was answered does not matter any more
			matches = [];
			return await run({ ...channel, transport });
		},
		mismatch() {
			const mismatch = matches.find((match) => match.mismatch !== undefined)?.mismatch;
			return mismatch && explain(mismatch, channel);
		},
	};
}
