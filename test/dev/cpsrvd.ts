/*
 * A stand-in for cPanel, Webmail and WHM on this machine, until Ctrl+C: `npm run cpsrvd`. For requests by hand,
 * or for an n8n of your own.
 */
import { startStandIn } from './standIn';
import { tellStandIn } from './tellStandIn';
import { aborted, whenStopped } from './untilStopped';

async function main(): Promise<void> {
	const stopped = whenStopped();
	const server = await startStandIn();
	const lines = [...tellStandIn(server), '', 'Ctrl+C ends it.'];
	process.stdout.write(`${lines.join('\n')}\n`);
	await aborted(stopped);
	await server.stop();
}

main().then(
	() => process.exit(0),
	(error: Error) => {
		process.stderr.write(`${error.stack ?? error.message}\n`);
		process.exit(1);
	},
);
