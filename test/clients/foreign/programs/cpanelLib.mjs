/* Calls WHM with an access key, or cPanel with a password, through `cpanel-lib`. */
import { promisify } from 'node:util';

import library from 'cpanel-lib';

const { options, calls } = JSON.parse(process.argv[2]);
const answers = [];
for (const [method, ...parameters] of calls) {
	// a client of its own for each call: one that called UAPI calls nothing else any more
	const client = library.createClient(options);
	try {
		answers.push(await promisify(client[method])(...parameters));
	} catch (error) {
		answers.push({ failed: String(error) });
	}
}
console.log(JSON.stringify(answers));
