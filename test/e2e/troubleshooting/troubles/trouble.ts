import type { Cpsrvd, CpsrvdOptions, Switches } from '../../../cpsrvd';
import type { Step, StepsOptions } from '../../harness/steps';
import type { World } from '../../harness/world';

/** What goes wrong, what n8n then shows, and what the documents say of it. */
export interface Trouble {
	/** What n8n shows; an ellipsis stands for what differs from case to case. */
	message: string;
	/** What n8n shows below it, and the documents as the remedy. */
	advice: string;
	/** Why, for the documents. */
	cause: string;
	/** Brings it about. */
	arrange: (scene: Scene) => Promise<Arrangement> | Arrangement;
}

/** Troubles that look alike to whoever meets them. */
export interface TroubleGroup {
	title: string;
	troubles: Trouble[];
}

/** A world, and what else may be needed. */
export interface Scene extends World {
	/** A server that has refused nobody yet; its certificate is known to nobody. */
	another(options?: Pick<CpsrvdOptions, 'tls'>): Promise<Cpsrvd>;
	/** An n8n whose way to all servers leads through a proxy that opens none, or is not there. */
	behindProxy(proxy: 'refuses' | 'isDown'): Promise<World>;
}

/** A credential, as its form holds it. */
export interface Tested {
	type: string;
	data: Record<string, unknown>;
}

/** Nodes that are run, or a credential whose Test button is pressed. */
export type Arrangement = {
	switches?: Partial<Switches>;
	/** Where it happens, unless in the scene itself. */
	world?: World;
} & ((StepsOptions & { steps: Step[] }) | { tested: Tested });
