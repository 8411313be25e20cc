const { TestEnvironment } = require('jest-environment-node');

const LINES = 60;

/** Shows the logs of what runs beside a test that fails, and leaves nothing running behind it. */
module.exports = class extends TestEnvironment {
	attendants = new Set();
	shown = new Map();

	async setup() {
		await super.setup();
		this.global.attendants = this.attendants;
	}

	handleTestEvent({ name }) {
		if (name !== 'test_fn_failure' && name !== 'hook_failure') return;
		for (const attendant of this.attendants) this.showNews(attendant);
	}

	/** Shows what was logged since the last time, or the end of it. */
	showNews(attendant) {
		const log = attendant.log();
		const news = log.slice(this.shown.get(attendant) ?? 0).trim();
		this.shown.set(attendant, log.length);
		if (news === '') return;
		const end = news.split('\n').slice(-LINES).join('\n');
		process.stderr.write(`\n--- the log of ${attendant.name}\n${end}\n---\n`);
	}

	async teardown() {
		for (const attendant of this.attendants) attendant.kill();
		await super.teardown();
	}
};
