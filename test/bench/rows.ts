import type { Case, Measured } from './jobs';
import type { WorldName } from './worlds';

/** A row of the table: a case, and the median of each figure over its runs. */
export interface Row extends Case, Measured {
	world: WorldName;
	runs: number;
}
