import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import type { Cpsrvd } from '../../cpsrvd';

/** The credentials of a trigger, by their types. */
export type TriggerCredentials = Partial<
	Record<
		'cpanelApi' | 'cpanelWhmApi' | 'cpanelAccessLinkApi',
		ICredentialDataDecryptedObject | undefined
	>
>;

/** How a trigger differs from one that signs in with an API token of `alice` and checks links with `LINK_SECRET`. */
export interface TriggerSetup extends TriggerCredentials {
	parameters?: INodeParameters;
}

/** What an execution that a trigger started began with, by its outputs. */
export type Told = [opened: IDataObject[], notOpened: IDataObject[]];

/** A trigger that is published. */
export interface Published {
	/** The address that links lead to. */
	readonly url: string;
	/** Changes credentials behind its back, from the next request on; n8n fails to hand out one that is `undefined`. */
	change: (credentials: TriggerCredentials) => Promise<void>;
	/** The executions that it started, in order, as soon as there are so many. */
	told: (count: number) => Promise<Told[]>;
}

/** Where triggers are published: in n8n's engine, in n8n, or in n8n as several processes. */
export interface Place {
	/** The server that the triggers sign in to. It is as new in the beginning of each test. */
	server(): Cpsrvd;
	publish(setup?: TriggerSetup): Promise<Published>;
	/** Where any of these secrets was written: in a log, for one. */
	leaks(secrets: string[]): Promise<string[]>;
}
