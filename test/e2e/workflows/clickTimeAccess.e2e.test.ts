import { describeClickTimeAccess } from '../examples/clickTimeAccess';
import { useLinkWorld } from '../harness/linkWorld';

describeClickTimeAccess(useLinkWorld());
