import { batches } from './batches';
import { fields } from './fields';
import { inBetween } from './inBetween';
import { login } from './login';
import { network } from './network';
import { refusals } from './refusals';
import { signIn } from './signIn';
import type { TroubleGroup } from './trouble';

export type { Scene } from './trouble';

/** Where people look, by what they see, in the order of the page. Each trouble is met in n8n. */
export const TROUBLES: TroubleGroup[] = [
	fields,
	batches,
	network,
	signIn,
	login,
	refusals,
	inBetween,
];
