import type { INode } from 'n8n-workflow';

/** A node as n8n hands it to its code, with a secret that somebody typed into it. */
export const NODE: INode = {
	id: '1',
	name: 'cPanel Session',
	type: 'cpanelSession',
	typeVersion: 1,
	position: [0, 0],
	parameters: { password: 'SECRET' },
};
