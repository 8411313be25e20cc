import { inspect } from 'node:util';

import { HttpTransportError } from '../../nodes/shared/http/HttpTransport';
import { ADAPTERS } from './adapters';
import { get } from './support';

/**
 * Asks for each URL of the command line with each adapter, and prints how it went. A process of its own,
 * because Node reads only when it starts which further authorities it is to trust (NODE_EXTRA_CA_CERTS).
 */
async function main(urls: string[]): Promise<void> {
	for (const [name, open] of ADAPTERS) {
		const transport = open({ allowUnauthorizedCerts: false });
		for (const url of urls) {
			const outcome = await transport.send(get(url)).then(({ status }) => String(status), explain);
			console.log(`${name} ${outcome}`);
		}
		await transport.close();
	}
}

function explain(error: unknown): string {
	return error instanceof HttpTransportError ? `${error.kind} ${error.code}` : inspect(error);
}

void main(process.argv.slice(2));
