/*
 * Answers queries for `database.ts`. It is a process of its own because n8n's driver is built for the
 * Node.js that runs n8n, which need not be the one that runs the tests.
 */
const { createRequire } = require('node:module');

const [, , manifest, address] = process.argv;
const load = createRequire(manifest);
const { sqlite, postgres } = JSON.parse(address);

const query = sqlite ? querySqlite : openPostgres();

process.on('message', ({ id, sql, values }) => {
	query(sql, values).then(
		(rows) => process.send({ id, rows }),
		(error) => process.send({ id, error: error.message }),
	);
});

process.on('disconnect', () => process.exit());

function querySqlite(sql, values) {
	const { Database, OPEN_READONLY } = load('sqlite3');
	return new Promise((resolve, reject) => {
		const database = new Database(sqlite, OPEN_READONLY, (failed) => {
			if (failed) return reject(failed);
			database.all(sql, values, (error, rows) => {
				database.close(() => (error ? reject(error) : resolve(rows)));
			});
		});
	});
}

/** A server has room for so many connections only. */
function openPostgres() {
	const { Pool } = load('pg');
	const pool = new Pool({ ...postgres, max: 2, connectionTimeoutMillis: 5000 });
	// of a connection that nobody uses at the moment
	pool.on('error', () => {});
	return async (sql, values) => (await pool.query(sql, values)).rows;
}
