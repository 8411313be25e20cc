import { ExpressionError } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { LINK_SECRET, VISITOR } from '../../contract/accessLinks/links';
import type {
	Place,
	Told,
	TriggerCredentials,
	TriggerSetup,
} from '../../contract/accessLinks/place';
import type { Cpsrvd, CpsrvdOptions } from '../../cpsrvd';
import { publishTrigger } from '../../engine/trigger';
import type { PublishedTrigger, TriggerOptions } from '../../engine/trigger';
import { tokenCredential, useCpsrvd } from './cpanel';

export interface TriggerChanges extends TriggerSetup {
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
			credentials: given({
				cpanelApi: tokenCredential(server()),
				cpanelAccessLinkApi: { secret: LINK_SECRET },
				...credentials,
			}),
		});
		published.push(trigger);
		return trigger;
	};
}

function given(credentials: TriggerCredentials): TriggerOptions['credentials'] {
	return Object.fromEntries(
		Object.entries(credentials).filter(
			(entry): entry is [string, ICredentialDataDecryptedObject] => entry[1] !== undefined,
		),
	);
}

/** The engine, for statements that hold wherever a trigger is published. */
export function useEnginePlace(options?: CpsrvdOptions): Place {
	const server = useCpsrvd(options);
	const publish = useTriggers(server);
	const triggers: PublishedTrigger[] = [];
	return {
		server,
		async leaks(secrets) {
			const log = triggers.flatMap((trigger) => trigger.log).join('\n');
			return secrets.filter((secret) => log.includes(secret));
		},
		async publish(setup) {
			const trigger = await publish(setup);
			triggers.push(trigger);
			return {
				url: trigger.url,
				async change(changes) {
					for (const [type, data] of Object.entries(changes)) {
						Object.defineProperty(trigger.credentials, type, {
							get() {
								if (data === undefined) throw new ExpressionError('invalid syntax');
								return data;
							},
						});
					}
				},
				async told() {
					await trigger.settled();
					return trigger.executions as Told[];
				},
			};
		},
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
