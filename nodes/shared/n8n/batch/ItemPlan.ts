import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import type { CpanelError } from '../../errors';
import type { NotKept } from '../../http/openTransport';

/** What becomes an output item; n8n pairs it with the input item it is for. */
export interface OutputItem {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

export interface ItemAnswer {
	/** A list is several output items for one input item. */
	items: OutputItem[];
	/** What the user should know although the item succeeded. */
	warnings?: string[];
}

/**
 * What an item asks for: read and checked, and not sent yet. An operation leaves the channel to the plan of its node.
 */
export interface ItemTask<Needs extends unknown[] = []> {
	/**
	 * Origin of the server it goes to, empty where nothing is sent. Items of different servers do not hold each other
	 * up when one server refuses or is busy.
	 */
	server: string;
	/** What it is about: kept beside the message where it fails. */
	about?: IDataObject;
	/**
	 * Does what the item asks for.
	 *
	 * @throws {CpanelError}
	 */
	run: (...needs: Needs) => Promise<ItemAnswer>;
	/** Whether it may be run again that a busy server did not handle; as the plan says unless it says so itself. */
	repeatable?: boolean;
	/** Why its outcome is not to be trusted, as came to light when other items were run; undefined where it is. */
	mismatch?(): CpanelError | undefined;
}

/** How a node treats its items. */
export interface ItemPlan {
	/** Reads and checks the parameters of an item. Sends nothing. */
	read(itemIndex: number): ItemTask;
	/** Most items in flight at once. */
	maxConcurrency: number;
	/** Whether each item signs in with a secret of its own, see `SignInGuard`. */
	itemsCarrySecrets: boolean;
	/** Whether an item may be run again that a busy server did not handle. False for what works only once. */
	repeatable: boolean;
	/** Why each request had a connection of its own although they were to be kept; undefined where that is not so. */
	notKept?(): NotKept | undefined;
	/** Gives back what the plan holds open. */
	close(): Promise<void>;
}

/** What became of an item. */
export type Outcome = { answer: ItemAnswer } | { error: unknown };
