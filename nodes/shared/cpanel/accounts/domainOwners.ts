import { CpanelError } from '../../errors';
import type { Channel } from '../calls/exchange';
import { callWhm } from '../calls/whm';
import type { WhmCredential } from '../input/credentials';

/** Finds the account that owns a domain. */
export type FindOwner = (channel: Channel, domain: string) => Promise<string>;

/**
 * Looks the owners of domains up at WHM (`getdomainowner`; protocol.md, 6.1), each domain once, however many items
 * ask for it. What did not come through is asked again by the next item.
 *
 * @throws {CpanelError} see `callWhm`, and of kind `refusal` for a domain that no account owns
 */
export function domainOwners(credential: WhmCredential): FindOwner {
	const owners = new Map<string, Promise<string>>();
	return async (channel, domain) => {
		const owner = owners.get(domain) ?? ownerOf(channel, credential, domain);
		owners.set(domain, owner);
		return await owner.catch((error: unknown) => {
			const isUntold = error instanceof CpanelError && /^(busy|connection)$/.test(error.kind);
			if (isUntold && owners.get(domain) === owner) owners.delete(domain);
			throw error;
		});
	};
}

async function ownerOf(
	channel: Channel,
	credential: WhmCredential,
	domain: string,
): Promise<string> {
	const { data } = await callWhm(channel, credential, {
		function: 'getdomainowner',
		arguments: { domain },
	});
	if (typeof data.user === 'string' && data.user !== '') return data.user;
	throw new CpanelError('refusal', `WHM knows no account of yours that owns ${domain}`, {
		hint: 'Check the domain, or choose the account under “cPanel Account”: it must be one that this user of WHM may act for.',
	});
}
