import type { INodeTypeDescription } from 'n8n-workflow';

/**
 * Declares which output fields hold a secret, for the versions of n8n that know of it (from 2.13 on).
 * A declaration, not a protection: later nodes receive the fields all the same.
 */
export function sensitiveOutput(...fields: string[]): Partial<INodeTypeDescription> {
	return { sensitiveOutputFields: fields } as Partial<INodeTypeDescription>;
}
