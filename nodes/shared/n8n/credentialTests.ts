import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { cpanelAccount } from '../cpanel/accounts';
import type { Channel } from '../cpanel/api/send';
import { checkAccount, checkWhm } from '../cpanel/functions/checkCredential';
import { readCpanelCredential, readWhmCredential } from '../cpanel/input/credentials';
import { createHelperTransport, helperOf } from '../http/helperTransport';
import type { LegacyHelper } from '../http/helperTransport';
import { toItemText } from './nodeErrors';
import { credentialKey, refusedCredentials } from './lockout/recentRefusals';

/**
 * The tests of the credentials are functions of the node, and not n8n's declarative ones: those can only refuse values
 * that they name, and would be green for whatever else answers with JSON. So a credential is judged by the code that
 * will use it.
 */

/** Who presses the button waits for it; in milliseconds for each exchange. */
const TIMEOUT = 30_000;

type Decrypted = ICredentialsDecrypted<ICredentialDataDecryptedObject>;

/** Green where cPanel answers as the account that is named; with a session, after a sign-in that is given back. */
export async function testCpanelApi(
	this: ICredentialTestFunctions,
	{ data = {} }: Decrypted,
): Promise<INodeCredentialTestResult> {
	return await verdict(data, async () => {
		const credential = readCpanelCredential(data);
		const account = cpanelAccount(credential);
		const channel = channelOf(this.helpers, credential, 'in this credential');
		try {
			await checkAccount(channel, account, credential);
		} finally {
			await account.close(channel);
		}
	});
}

/** Green where WHM tells its version. */
export async function testCpanelWhmApi(
	this: ICredentialTestFunctions,
	{ data = {} }: Decrypted,
): Promise<INodeCredentialTestResult> {
	return await verdict(data, async () => {
		const credential = readWhmCredential(data);
		await checkWhm(channelOf(this.helpers, credential, 'in this credential'), credential);
	});
}

function channelOf(
	helpers: LegacyHelper,
	{ allowUnauthorizedCerts }: { allowUnauthorizedCerts: boolean },
	certificateSwitch: string,
): Channel {
	const transport = createHelperTransport(helperOf(helpers), { allowUnauthorizedCerts });
	return { transport, timeout: TIMEOUT, certificateSwitch };
}

/**
 * A person who presses the button wants to know how things are now, so the server is always asked. What it says is
 * remembered for the executions that come next, or forgotten.
 */
async function verdict(
	data: ICredentialDataDecryptedObject,
	test: () => Promise<void>,
): Promise<INodeCredentialTestResult> {
	const key = credentialKey(data);
	refusedCredentials.forget(key);
	try {
		await refusedCredentials.guard(key, test);
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: toItemText(error) };
	}
}
