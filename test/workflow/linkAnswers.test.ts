import { describeEveryAnswer } from '../contract/accessLinks/everyAnswer';
import { useEnginePlace } from './harness/accessLinks';

describe('in n8n’s engine', () => describeEveryAnswer(useEnginePlace()));
