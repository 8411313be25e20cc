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

/* By the rules of n8n's own tool, which copies pictures and schemas; within what is shipped, that is. */
function icons() {
	return copy('{nodes,credentials}/**/*.{png,svg}');
}

function schemas() {
	return copy('{nodes,credentials}/**/__schema__/**/*.json');
}

/* The .node.json files tell n8n's node panel where a node belongs and how it is found. */
function codex() {
	return copy('nodes/**/*.node.json');
}

function copy(files) {
	return src(files, { base: '.', encoding: false, allowEmpty: true }).pipe(dest('dist'));
}

exports.clean = clean;
exports.build = series(clean, parallel(compile, icons, schemas, codex));
exports.default = exports.build;
