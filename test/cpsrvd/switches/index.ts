import type { JournalEntry } from '../journal';
import { ANSWER_DEFAULTS, type AnswerSwitches } from './answers';
import { BYTE_DEFAULTS, type ByteSwitches } from './bytes';
import { CONNECTION_DEFAULTS, type ConnectionSwitches } from './connection';
import { INSTEAD_DEFAULTS, type InsteadSwitches } from './instead';
import { LOGIN_DEFAULTS, type LoginSwitches } from './login';
import { REFUSAL_DEFAULTS, type RefusalSwitches } from './refusals';
import { WHM_DEFAULTS, type WhmSwitches } from './whm';

export type { RedirectStatus } from './instead';

/**
 * The awkward worlds a client has to live in. Everything is off, or at its most common value, until
 * a test changes it; a change takes effect with the next request. `docs/protocol.md` says how sure each is.
 */
export interface Switches
	extends AnswerSwitches,
		WhmSwitches,
		InsteadSwitches,
		RefusalSwitches,
		ByteSwitches,
		ConnectionSwitches,
		LoginSwitches {
	/** Only requests for which this returns true meet the switches; the others meet the defaults. */
	when?: (entry: JournalEntry) => boolean;
}

/** A fresh set of switches, each at its default. */
export function defaultSwitches(): Switches {
	return {
		...ANSWER_DEFAULTS,
		...WHM_DEFAULTS,
		...INSTEAD_DEFAULTS,
		...REFUSAL_DEFAULTS,
		...BYTE_DEFAULTS,
		...CONNECTION_DEFAULTS,
		...LOGIN_DEFAULTS,
	};
}

/** Puts every switch back to its default, in place: tests keep hold of the object. */
export function resetSwitches(switches: Switches): void {
	const defaults = defaultSwitches();
	for (const name of Object.keys(switches)) {
		if (!(name in defaults)) delete switches[name as keyof Switches];
	}
	Object.assign(switches, defaults);
}
