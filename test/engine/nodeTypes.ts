import './userFolder';

import { join } from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType, INodeTypes } from 'n8n-workflow';

import { CpanelAccessLinkApi } from '../../credentials/CpanelAccessLinkApi.credentials';
import { CpanelApi } from '../../credentials/CpanelApi.credentials';
import { CpanelWhmApi } from '../../credentials/CpanelWhmApi.credentials';
import { CpanelSession } from '../../nodes/CpanelSession/CpanelSession.node';
import { CpanelWebmailLogin } from '../../nodes/CpanelWebmailLogin/CpanelWebmailLogin.node';
import { CpanelWebmailLoginTrigger } from '../../nodes/CpanelWebmailLogin/CpanelWebmailLoginTrigger.node';
import { items } from './items';

/** The sources, or what n8n would load from the package. */
export type NodesFrom = 'sources' | 'build';

/** Set by the jest project. */
declare const NODES_FROM: NodesFrom;

export const PACKAGE_ROOT = join(__dirname, '..', '..');

export interface LoadedPackage {
	nodes: Map<string, INodeType>;
	credentials: Map<string, ICredentialType>;
}

let loaded: LoadedPackage | undefined;

/** Loads the nodes and the credentials once, the built ones with n8n's own loader. */
export async function loadPackage(from: NodesFrom = NODES_FROM): Promise<LoadedPackage> {
	loaded ??= from === 'sources' ? fromSources() : await fromBuild();
	return loaded;
}

function fromSources(): LoadedPackage {
	return {
		nodes: new Map<string, INodeType>([
			['cpanelSession', new CpanelSession()],
			['cpanelWebmailLogin', new CpanelWebmailLogin()],
			['cpanelWebmailLoginTrigger', new CpanelWebmailLoginTrigger()],
		]),
		credentials: new Map<string, ICredentialType>([
			['cpanelAccessLinkApi', new CpanelAccessLinkApi()],
			['cpanelApi', new CpanelApi()],
			['cpanelWhmApi', new CpanelWhmApi()],
		]),
	};
}

async function fromBuild(): Promise<LoadedPackage> {
	const loader = new PackageDirectoryLoader(PACKAGE_ROOT);
	await loader.loadAll();
	return {
		nodes: new Map(
			Object.entries(loader.nodeTypes).map(([name, { type }]) => [name, type as INodeType]),
		),
		credentials: new Map(
			Object.entries(loader.credentialTypes).map(([name, { type }]) => [name, type]),
		),
	};
}

/** The node types a workflow may use: those of the package, and one that brings the items. */
export function nodeTypesOf({ nodes }: LoadedPackage): INodeTypes {
	const find = (type: string): INodeType => {
		const node = type === 'test.items' ? items : nodes.get(type.split('.').pop() ?? '');
		if (node === undefined) throw new Error(`No node type ${type}`);
		return node;
	};
	return {
		getByName: find,
		getByNameAndVersion: find,
		getKnownTypes: () => ({}),
	};
}
