import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { readKeyring } from '../../shared/accessLink/keys';
import type { Keyring } from '../../shared/accessLink/keys';
import { accessLinkUrl, parseLinkAddress } from '../../shared/accessLink/linkAddress';
import { newProbe } from '../../shared/accessLink/probe';
import { toItemText } from '../../shared/n8n/nodeErrors';
import { isOwnAnswer } from './exchange';

/** In milliseconds. n8n asks itself, and nobody else has to do anything for the answer. */
const TIMEOUT = 10_000;

/** Nothing tells from outside whether another trigger has it as well. */
const OWN_TRIGGER =
	'The trigger at this address uses the same secret. Use this credential for no other trigger: each one that has it opens these links, whatever the others refuse.';

/** What n8n's helper returns for a request of a credential test. */
interface ProbeAnswer {
	statusCode: number;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
}

/**
 * The test of the access link credential: asks the address a question that only a trigger with the same secret can
 * answer. Signed for no mailbox, so that nothing is opened by it.
 */
export async function testAccessLinkCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	let address: string;
	let keyring: Keyring;
	try {
		address = parseLinkAddress(data.address);
		keyring = readKeyring(data);
	} catch (error) {
		return { status: 'Error', message: toItemText(error) };
	}
	return await askAddress(this, address, keyring);
}

async function askAddress(
	{ helpers }: Pick<ICredentialTestFunctions, 'helpers'>,
	address: string,
	keyring: Keyring,
): Promise<INodeCredentialTestResult> {
	const probe = newProbe(keyring);
	const { host } = new URL(address);
	let answer: ProbeAnswer;
	try {
		// the one helper that n8n gives to the test of a credential
		answer = (await helpers.request({
			method: 'GET',
			uri: accessLinkUrl(address, probe.token),
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			timeout: TIMEOUT,
		})) as ProbeAnswer;
	} catch {
		return {
			status: 'Error',
			message: `n8n cannot reach ${host}. Check the address and its certificate. If a browser outside the network of n8n opens the address, the links still work: some networks do not let n8n reach its own address.`,
		};
	}
	return probe.isAnsweredBy(textOf(answer.body))
		? { status: 'OK', message: OWN_TRIGGER }
		: { status: 'Error', message: judge(answer, host) };
}

/** What is wrong with an answer that is not the right one. */
function judge({ statusCode, headers, body }: ProbeAnswer, host: string): string {
	const text = textOf(body);
	if (statusCode === 404 && /"message":.*\bwebhook\b/.test(text)) {
		return 'No trigger is published at this address. Publish the workflow with the “cPanel Webmail Login Trigger”, and compare the address with the Production URL in its panel.';
	}
	if (isOwnAnswer(headers) && statusCode === 403) {
		return 'The trigger at this address uses a different secret. Choose this credential there, too.';
	}
	if (isOwnAnswer(headers)) {
		return 'The trigger at this address has an access link credential that it cannot use. Open that credential and test it.';
	}
	return `Another service answered instead of the “cPanel Webmail Login Trigger” at ${host} (HTTP ${statusCode}). Copy the Production URL from the panel of the trigger, and check the reverse proxy in front of n8n.`;
}

/** A body that looks like JSON arrives parsed. */
function textOf(body: unknown): string {
	return typeof body === 'string' ? body : JSON.stringify(body ?? '');
}
