/* The stand-in for cPanel, for the benchmark: tells its parent where it listens. */
import { startCpsrvd } from '../cpsrvd';

void startCpsrvd({ cpanelPort: 0, webmailPort: 0 }).then((server) => {
	server.switches.delay = 20;
	// a long run must not fill the memory with what was received
	setInterval(() => server.journal.clear(), 1_000);
	process.send?.({ address: server.address, port: server.cpanelPort });
});
