import type { INodeProperties } from 'n8n-workflow';

import { fieldLabel } from '../../nodes/shared/n8n/parameters';

const field = (
	displayName: string,
	name: string,
	options?: INodeProperties['options'],
): INodeProperties => ({ displayName, name, type: 'string', default: '', options });

const FIELDS = [
	field('Domain', 'domain'),
	field('Options', 'options', [field('Language', 'locale'), field('Webmail Host', 'webmailHost')]),
	field('Password', 'password', [{ name: 'A choice', value: 'locale' }]),
	field('Headers', 'headers', [
		{ displayName: 'Header', name: 'header', values: [field('Header Name', 'name')] },
	]),
];

describe('the name of a field in a message', () => {
	it.each([
		['domain', 'Domain'],
		['options.locale', 'Language'],
		['options.webmailHost', 'Webmail Host'],
		['headers.header', 'Header'],
		['headers.header.name', 'Header Name'],
		['password', 'Password'],
	])('is that of the form: %s', (path, label) => {
		expect(fieldLabel(FIELDS, path)).toBe(label);
	});

	it.each([
		['nothing', 'nothing'],
		['options.nothing', 'nothing'],
		['nothing.locale', 'locale'],
		['domain.locale', 'locale'],
		['password.locale', 'locale'],
		['headers.header.nothing', 'nothing'],
		['', ''],
	])('is the last part of its path where the form has none: %s', (path, label) => {
		expect(fieldLabel(FIELDS, path)).toBe(label);
	});
});
