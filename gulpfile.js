/* Builds dist/: what n8n loads from the published package, and nothing else. */
const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');

const { dest, parallel, series, src } = require('gulp');

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

function compile(done) {
	const tsc = spawn(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
		{
			stdio: 'inherit',
		},
	);
	tsc.on('error', done);
	tsc.on('close', (code) =>
		done(code === 0 ? undefined : new Error(`tsc ended with code ${code}`)),
	);
}

function icons() {
	return src('nodes/**/*.svg', { encoding: false }).pipe(dest('dist/nodes'));
}

/* The .node.json files tell n8n's node panel where a node belongs and how it is found. */
function codex() {
	return src('nodes/**/*.node.json', { encoding: false }).pipe(dest('dist/nodes'));
}

exports.clean = clean;
exports.build = series(clean, parallel(compile, icons, codex));
exports.default = exports.build;
