import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, INodeType } from 'n8n-workflow';

/** Stands at the start of a workflow and brings the items of its parameter `json`. */
export const items: INodeType = {
	description: {
		displayName: 'Items',
		name: 'items',
		group: ['input'],
		version: 1,
		description: 'Brings items',
		defaults: { name: 'Items' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'JSON', name: 'json', type: 'json', default: '[]' }],
	},

	async execute() {
		const list = JSON.parse(this.getNodeParameter('json', 0) as string) as IDataObject[];
		return [list.map((json) => ({ json }))];
	},
};
