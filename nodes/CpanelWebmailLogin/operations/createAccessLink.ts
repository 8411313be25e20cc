import type { INodeProperties } from 'n8n-workflow';

import {
	newAccessLink,
	parseFullAddress,
	parseReference,
} from '../../shared/accessLink/accessLink';
import { readKeyring } from '../../shared/accessLink/keys';
import { accessLinkUrl, parseLinkAddress } from '../../shared/accessLink/linkAddress';
import { MAX_TOKEN_LENGTH } from '../../shared/accessLink/token';
import { parseGotoUri } from '../../shared/cpanel/input/gotoUri';
import { normalizeLocale } from '../../shared/cpanel/input/locale';
import { badInput } from '../../shared/errors';
import { optionsField } from '../../shared/n8n/description';
import type { Operation } from '../../shared/n8n/operations';
import type { ParameterReader } from '../../shared/n8n/parameters';
import { gotoUri, locale } from '../fields';
import type { LoginTools } from '../fields';

const DAY = 24 * 60 * 60;
const SECONDS_PER_UNIT = { hours: 60 * 60, days: DAY };

/** Whoever finds a mail of last season should find a link that opens nothing. */
const MAX_DAYS = 90;

const ownFields: INodeProperties[] = [
	{
		displayName: 'Mailbox',
		name: 'mailbox',
		type: 'string',
		default: '={{ $json.email }}',
		required: true,
		placeholder: 'e.g. anna@example.com',
		description: 'Full address of the mailbox that the link opens',
	},
	{
		displayName: 'Valid For',
		name: 'validFor',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MAX_DAYS * 24 },
		default: 3,
		description: `How long the link opens the mailbox, up to ${MAX_DAYS} days. Anyone who has the link can open the mailbox until then.`,
	},
	{
		displayName: 'Unit',
		name: 'validForUnit',
		type: 'options',
		options: [
			{ name: 'Days', value: 'days' },
			{ name: 'Hours', value: 'hours' },
		],
		default: 'days',
	},
	{
		displayName: 'Reference',
		name: 'reference',
		type: 'string',
		default: '',
		placeholder: 'e.g. employee 4711',
		description:
			'Text of up to 64 characters that the trigger returns with every click. Anyone who has the link can read it.',
	},
	optionsField([
		gotoUri,
		{
			...locale,
			description:
				'Language of the page and of Webmail. If empty, both use the language of the browser.',
		},
	]),
];

export const createAccessLink: Operation<LoginTools> = {
	option: {
		name: 'Create Access Link',
		value: 'createAccessLink',
		action: 'Create access link',
		description:
			'Create a link for emails. It works for days and logs in whoever opens it. Sends no request and no email.',
	},

	fields: ownFields,

	sensitiveOutput: ['url'],

	itemsCarrySecrets: false,

	credential: 'cpanelAccessLinkApi',

	read(item, { credential }) {
		const address = parseLinkAddress(credential.address);
		const { current } = readKeyring(credential);
		const email = parseFullAddress(item.text('mailbox'));
		const validFor = readValidity(item);
		const reference = parseReference(item.text('reference'));
		const options = {
			locale: normalizeLocale(item.text('options.locale')),
			gotoUri: parseGotoUri(item.text('options.gotoUri')),
		};
		return {
			server: '',
			async run() {
				const issuedAt = Math.floor(Date.now() / 1000);
				const expiresAt = issuedAt + validFor;
				const link = { mailbox: email, issuedAt, expiresAt, reference, ...options };
				const { id, token } = newAccessLink(link, current);
				if (token.length > MAX_TOKEN_LENGTH) throw tooLong();
				const json = {
					url: accessLinkUrl(address, token),
					email,
					linkId: id,
					issuedAt: new Date(issuedAt * 1000).toISOString(),
					expiresAt: new Date(expiresAt * 1000).toISOString(),
					reference,
				};
				return { items: [{ json }] };
			},
		};
	},
};

/** @returns seconds, at least one */
function readValidity(item: ParameterReader): number {
	const unit = item.choice('validForUnit', ['days', 'hours']);
	const validFor = Math.round(item.number('validFor', 3) * SECONDS_PER_UNIT[unit]);
	if (validFor >= 1 && validFor <= MAX_DAYS * DAY) return validFor;
	throw badInput(
		'“Valid For” is out of range',
		`Enter a number greater than 0, up to ${MAX_DAYS} days or ${MAX_DAYS * 24} hours.`,
	);
}

function tooLong(): Error {
	return badInput(
		'The link is so long that email programs may break it',
		'Shorten “Go To” or “Reference”.',
	);
}
