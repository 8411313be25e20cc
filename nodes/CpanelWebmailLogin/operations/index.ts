import type { Operation } from '../../shared/n8n/operations';
import type { LoginTools } from '../fields';
import { createAccessLink } from './createAccessLink';
import { createLink } from './createLink';
import { createPage } from './createPage';
import { logIn } from './logIn';

/** The operations of the node, in the order of the selector: n8n preselects the first. */
export const operations: Array<Operation<LoginTools>> = [
	logIn,
	createLink,
	createPage,
	createAccessLink,
];
