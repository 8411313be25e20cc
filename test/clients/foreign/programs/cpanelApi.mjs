/* Signs in with a password, and calls functions at the path of the session, through `cpanel-api`. */
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const { profile, calls } = JSON.parse(process.argv[2]);
const require = createRequire(import.meta.url);
const answers = [];
for (const [module, name, parameters] of calls) {
	const modules = require(`cpanel-api/js/modules/${module}`);
	const client = new modules[module]();
	try {
		answers.push(await promisify(client[name].bind(client))(profile, parameters));
	} catch (error) {
		answers.push({ failed: error.message });
	}
}
console.log(JSON.stringify(answers));
