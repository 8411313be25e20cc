import type { INodeProperties } from 'n8n-workflow';

/**
 * The name under which the form shows a field, for messages.
 *
 * @param fields those of the node, or of an operation
 * @param path name of the parameter; with points for one inside a collection, as in `options.locale`
 * @returns the last part of the path for a field that is not among them
 */
export function fieldLabel(fields: INodeProperties[], path: string): string {
	const [name = '', ...inner] = path.split('.');
	const field = fields.find((candidate) => candidate.name === name);
	if (inner.length === 0) return field?.displayName ?? name;
	return fieldLabel(fieldsInside(field), inner.join('.'));
}

/** A collection holds fields; a fixed collection holds groups of them. */
function fieldsInside(field: INodeProperties | undefined): INodeProperties[] {
	return (field?.options ?? []).flatMap((option): INodeProperties[] => {
		if ('type' in option) return [option];
		if (!('values' in option)) return [];
		return [
			{
				displayName: option.displayName,
				name: option.name,
				type: 'collection',
				default: {},
				options: option.values,
			},
		];
	});
}
