/* Calls functions of UAPI with an API token, through `cpanel-uapi`, which comes as TypeScript. */
import { createRequire } from 'node:module';

const { origin, user, token, calls } = JSON.parse(process.argv[2]);
const client = createRequire(import.meta.url)('cpanel-uapi/src/index.ts');

client.default({ cpanelUri: origin, username: user, token });
const answers = [];
for (const [module, name, parameters] of calls) {
	try {
		answers.push(await client[module][name](parameters));
	} catch (error) {
		answers.push({ failed: error.response?.status ?? error.message });
	}
}
console.log(JSON.stringify(answers));
