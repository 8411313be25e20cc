/*
 * Builds dist/: what n8n loads from the published package, and nothing else. With DIST in the environment it
 * is built in another folder; “npm run dev” has one of its own.
 *
 * `gulp TASK` does the same as `node gulpfile.js TASK`, and keeps notes in the home folder on top of it.
 */
const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');

const gulp = require('gulp');

const { dest, parallel, series, src, watch } = gulp;

const DIST = process.env.DIST ?? 'dist';
const ICONS = '{nodes,credentials}/**/*.{png,svg}';
const SCHEMAS = '{nodes,credentials}/**/__schema__/**/*.json';

async function clean() {
	await rm(DIST, { recursive: true, force: true });
}

/* As tsconfig.json says: the .node.json files, too, which tell n8n's node panel where a node belongs. */
function compile(done) {
	const tsc = spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '--outDir', DIST], {
		stdio: 'inherit',
	});
	tsc.on('error', done);
	tsc.on('close', (code) =>
		done(code === 0 ? undefined : new Error(`tsc ended with code ${code}`)),
	);
}

/* By the rules of n8n's own tool, which copies pictures and schemas; within what is shipped, that is. */
function icons() {
	return copy(ICONS);
}

function schemas() {
	return copy(SCHEMAS);
}

function copy(files) {
	return src(files, { base: '.', encoding: false, allowEmpty: true }).pipe(dest(DIST));
}

const assets = parallel(icons, schemas);

/* Copies what changes, until it is stopped. */
function watchAssets() {
	watch([ICONS, SCHEMAS], assets);
}

exports.clean = clean;
exports.assets = assets;
exports['watch-assets'] = watchAssets;
exports.build = series(clean, parallel(compile, assets));
exports.default = exports.build;

if (require.main === module) {
	const [, , task = 'default'] = process.argv;
	// what went wrong comes to the callback as well
	gulp.on('error', () => {});
	exports[task]((error) => {
		if (!error) return;
		console.error(error.message);
		process.exitCode = 1;
	});
}
