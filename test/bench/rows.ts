import type { Case, Measured } from './jobs';
import { VARIANTS } from './jobs';
import type { WorldName } from './worlds';

/** A row of the table: a case, and the median of each figure over its runs. */
export interface Row extends Case, Measured {
	world: WorldName;
	runs: number;
}

/** Who the row is about, in words. */
export function whoOf({ variant, lanes }: Case): string {
	return variant === 'undici' && lanes !== undefined
		? `${VARIANTS[variant]}, Max Concurrency ${lanes}`
		: VARIANTS[variant];
}
