import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { SEED, startCpsrvd } from '../../cpsrvd';
import type { Cpsrvd, CpsrvdOptions } from '../../cpsrvd';
import type { Step } from '../../engine/engine';

/** Starts a server for the tests of a file; each test finds it as new. */
export function useCpsrvd(options?: CpsrvdOptions): () => Cpsrvd {
	let server: Cpsrvd | undefined;
	beforeAll(async () => {
		server = await startCpsrvd(options);
	});
	beforeEach(() => server?.reset());
	afterAll(async () => await server?.stop());
	return () => {
		if (server === undefined) throw new Error('The server has not started');
		return server;
	};
}

export function tokenCredential(
	server: Cpsrvd,
	changes: ICredentialDataDecryptedObject = {},
): ICredentialDataDecryptedObject {
	return {
		server: server.address,
		username: 'alice',
		authentication: 'apiToken',
		apiToken: SEED.alice.apiToken,
		allowUnauthorizedCerts: true,
		...changes,
	};
}

export function passwordCredential(server: Cpsrvd): ICredentialDataDecryptedObject {
	return tokenCredential(server, {
		authentication: 'password',
		password: SEED.alice.password,
		apiToken: '',
	});
}

/** A field that is chosen from a list or typed. */
export function typed(value: string): INodeParameters {
	return { __rl: true, mode: 'name', value };
}

/** A Session node that opens a mailbox, `anna@example.com` unless told. */
export function sessionStep(parameters: INodeParameters = {}, onError?: Step['onError']): Step {
	return {
		type: 'cpanelSession',
		parameters: { domain: typed('example.com'), login: typed('anna'), ...parameters },
		onError,
	};
}

/** A Webmail Login node with nothing typed but the option that a self-signed certificate needs. */
export function loginStep(parameters: INodeParameters = {}, onError?: Step['onError']): Step {
	return {
		type: 'cpanelWebmailLogin',
		parameters: { options: { allowUnauthorizedCerts: true }, ...parameters },
		onError,
	};
}

export const ANNA_PASSWORD = SEED.alice.mailboxes['anna@example.com'].password;
