import { createAccessLink } from './createAccessLink';
import { createLink } from './createLink';
import { createPage } from './createPage';
import { logIn } from './logIn';
import type { LoginOperation } from './LoginOperation';

/** The operations of the node, in the order of the selector: n8n preselects the first. */
export const operations: LoginOperation[] = [logIn, createLink, createPage, createAccessLink];
