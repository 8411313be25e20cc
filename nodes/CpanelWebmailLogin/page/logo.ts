import { isPrivateHost } from '../../shared/accessLink/linkAddress';
import { pastedAddress } from '../../shared/cpanel/input/host';
import { badInput } from '../../shared/errors';
import { parseUrl } from '../../shared/cpanel/input/url';

/**
 * Reads the address of a logo.
 *
 * @returns undefined for an empty text
 * @throws {CpanelError} of kind `input` for anything but an address over TLS, or one of a private network
 */
export function parseLogoUrl(text: string): URL | undefined {
	const address = pastedAddress(text);
	if (address === '') return undefined;
	const url = /^https?:\/\//i.test(address) ? parseUrl(address) : undefined;
	const isEncrypted = url?.protocol === 'https:' || isPrivateHost(url?.hostname ?? '');
	if (url === undefined || !isEncrypted || url.username !== '' || url.password !== '') {
		throw badInput(
			'“Logo URL” is not the address of a picture',
			'Enter an address that starts with https://, such as https://example.com/logo.png.',
		);
	}
	return url;
}
