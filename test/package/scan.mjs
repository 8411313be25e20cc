/*
 * Runs n8n's package scanner on local folders: `node scan.mjs SOURCE PACKAGE`. Its own command would
 * download both from the places they are published at.
 */
import {
	SOURCE_FILE_PATTERNS,
	analyzePackage,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [source, unpacked] = process.argv.slice(2);
const verdicts = {
	source: await analyzePackage(source, SOURCE_FILE_PATTERNS),
	package: await analyzePackage(unpacked, ['**/*.js', 'package.json']),
};
console.log(JSON.stringify(verdicts));
