import { describeManyClicks } from '../../contract/accessLinks/manyClicks';
import { placeIn } from '../harness/linkPlace';
import { useWorld } from '../harness/world';
import { startQueue } from './queue';

/** For each test, in milliseconds: a machine may be as slow and as busy as it likes. */
const DEADLINE = 20 * 60_000;

/**
 * What n8n gives up for want of time while a thousand people wait for its database, and what it takes for each of them.
 * With SQLite, nobody waits for longer than a minute, whatever it is told.
 */
const PATIENT = {
	// for a connection to PostgreSQL, of which there are two; and for the answer that shows that it is still there
	DB_POSTGRESDB_CONNECTION_TIMEOUT: String(DEADLINE),
	DB_PING_TIMEOUT_MS: String(DEADLINE),
	// its name in older versions
	N8N_DB_PING_TIMEOUT: String(DEADLINE),
	// the other one keeps an isolate of ten megabytes for each request under way
	N8N_EXPRESSION_ENGINE: 'legacy',
};

const world = useWorld(async () => {
	return await startQueue({ workers: 1, concurrency: 10, webhookProcessor: true, env: PATIENT });
});

describeManyClicks(placeIn(world, DEADLINE), DEADLINE);
