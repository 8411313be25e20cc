import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { sealAccessLink } from '../../../nodes/shared/accessLink/accessLink';
import type { AccessLink } from '../../../nodes/shared/accessLink/accessLink';
import { readKeyring } from '../../../nodes/shared/accessLink/keys';
import type { Cpsrvd } from '../../cpsrvd';
import { publishTrigger } from '../../engine/trigger';
import type { PublishedTrigger, TriggerOptions } from '../../engine/trigger';
import { tokenCredential } from './cpanel';

export const LINK_SECRET = 'a secret of the tests, long enough to be one';
/** What a visitor's proxy says: an address for documentation, which counts as public. */
export const VISITOR = '203.0.113.7';

const DAY = 24 * 60 * 60;
const now = (): number => Math.floor(Date.now() / 1000);

let links = 0;

/** The token of a link to `anna@example.com` that is good for a day, each with an id of its own. */
export function tokenOf(changes: Partial<AccessLink> = {}, secret = LINK_SECRET): string {
	const id = `link${String((links += 1)).padStart(8, '0')}`;
	const link = { mailbox: 'anna@example.com', id, issuedAt: now(), expiresAt: now() + DAY };
	return sealAccessLink({ ...link, ...changes }, readKeyring({ secret }).current);
}

/** The token of a link that was good until yesterday. */
export function expiredToken(changes: Partial<AccessLink> = {}): string {
	return tokenOf({ issuedAt: now() - 2 * DAY, expiresAt: now() - DAY, ...changes });
}

export interface TriggerChanges {
	parameters?: INodeParameters;
	/** In place of an API token of `alice`. */
	cpanelApi?: ICredentialDataDecryptedObject;
	cpanelWhmApi?: ICredentialDataDecryptedObject;
	cpanelAccessLinkApi?: ICredentialDataDecryptedObject;
	peer?: TriggerOptions['peer'];
}

/** Publishes triggers for the tests of a file; each is gone after its test. */
export function useTriggers(
	server: () => Cpsrvd,
): (changes?: TriggerChanges) => Promise<PublishedTrigger> {
	const published: PublishedTrigger[] = [];
	afterEach(async () => {
		const triggers = published.splice(0);
		await Promise.all(triggers.map(async (trigger) => await trigger.stop()));
		// whatever was asked, people never saw n8n's JSON
		expect(triggers.flatMap(({ thrown }) => thrown)).toEqual([]);
	});
	return async ({ parameters, peer, ...credentials } = {}) => {
		const trigger = await publishTrigger({
			parameters,
			peer,
			credentials: {
				cpanelApi: tokenCredential(server()),
				cpanelAccessLinkApi: { secret: LINK_SECRET },
				...credentials,
			},
		});
		published.push(trigger);
		return trigger;
	};
}

export interface Answer {
	status: number;
	headers: Headers;
	body: string;
}

type HeaderFields = Record<string, string>;

/** Looks at a link. */
export async function look(
	trigger: PublishedTrigger,
	token: string,
	headers: HeaderFields = {},
	method: 'GET' | 'HEAD' = 'GET',
): Promise<Answer> {
	const response = await fetch(`${trigger.url}?t=${token}`, {
		method,
		headers,
		redirect: 'manual',
	});
	return await read(response, trigger);
}

/** Presses the button of a link's page, as a browser does whose visitor comes through a proxy. */
export async function press(
	trigger: PublishedTrigger,
	token: string,
	headers: HeaderFields = {},
): Promise<Answer> {
	const response = await fetch(`${trigger.url}?`, {
		method: 'POST',
		headers: { 'x-forwarded-for': VISITOR, ...headers },
		body: new URLSearchParams({ t: token }),
		redirect: 'manual',
	});
	return await read(response, trigger);
}

async function read(response: Response, trigger: PublishedTrigger): Promise<Answer> {
	await trigger.settled();
	return { status: response.status, headers: response.headers, body: await response.text() };
}
