import { describeEveryAnswer } from '../../contract/accessLinks/everyAnswer';
import { placeIn } from '../harness/linkPlace';
import { useWorld } from '../harness/world';

describe('in n8n', () => describeEveryAnswer(placeIn(useWorld())));
