import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

export interface ItemAnswer {
	json: IDataObject;
	binary?: IBinaryKeyData;
	/** What the user should know although the item succeeded. */
	warnings?: string[];
}

/** How one operation treats one item. */
export interface ItemPlan<Parameters> {
	/** Reads and checks the parameters of an item. Sends nothing. */
	read(itemIndex: number): Parameters;
	/** Does what the item asks for. */
	run(parameters: Parameters): Promise<ItemAnswer>;
	/** Most items under way at once. */
	lanes: number;
	/** Whether each item signs in with a secret of its own, see `SignInGuard`. */
	itemsCarrySecrets: boolean;
	/** Whether an item may be run again that a busy server did not handle. False for what works only once. */
	repeatable: boolean;
	/** Items of different servers do not hold each other up when one server refuses or is busy. */
	serverOf?(parameters: Parameters): string;
	/** Gives back what the plan holds open. */
	close(): Promise<void>;
}

/** What became of an item. */
export type Outcome = { answer: ItemAnswer } | { error: unknown };
