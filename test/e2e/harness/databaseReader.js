/*
 * Answers queries for `database.ts`. It is a process of its own because n8n's driver is built for the
 * Node.js that runs n8n, which need not be the one that runs the tests.
 */
const { createRequire } = require('node:module');

const [, , manifest, file] = process.argv;
const load = createRequire(manifest);
const sqlite3 = load('sqlite3');

process.on('message', ({ id, sql, values }) => {
	const database = new sqlite3.Database(file, sqlite3.OPEN_READONLY, (failed) => {
		if (failed) return process.send({ id, error: failed.message });
		database.all(sql, values, (error, rows) => {
			database.close(() => process.send(error ? { id, error: error.message } : { id, rows }));
		});
	});
});

process.on('disconnect', () => process.exit());
