import { describeManyClicks } from '../../contract/accessLinks/manyClicks';
import { placeIn } from '../harness/linkPlace';
import { useWorld } from '../harness/world';

/** For each test, in milliseconds: a machine may be as slow and as busy as it likes. */
const DEADLINE = 15 * 60_000;

describeManyClicks(placeIn(useWorld(), DEADLINE), DEADLINE);
