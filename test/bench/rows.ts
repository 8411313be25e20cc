import type { Case, Measured } from './jobs';
import { VARIANTS } from './jobs';
import type { WorldName } from './worlds';

/** A row of the table: a case, and the median of each figure over its runs. */
export interface Row extends Case, Measured {
	world: WorldName;
	runs: number;
}

/** Who the row is about, in words. */
export function whoOf({ variant, concurrency }: Case): string {
	return variant === 'undici' && concurrency !== undefined
		? `${VARIANTS[variant]}, Max Concurrency ${concurrency}`
		: VARIANTS[variant];
}
