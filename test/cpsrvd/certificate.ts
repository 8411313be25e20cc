import { generate } from 'selfsigned';

/** A certificate and its key, both PEM. */
export interface Certificate {
	cert: string;
	key: string;
}

/**
 * A certificate for loopback addresses and names, signed by itself. It is an authority as well, so
 * a client can be told to trust it and nothing else.
 */
export async function createCertificate(
	addresses: string[],
	hostnames: string[],
): Promise<Certificate> {
	const { cert, private: key } = await generate([{ name: 'commonName', value: 'cpsrvd' }], {
		keyType: 'ec',
		algorithm: 'sha256',
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{ name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
			{ name: 'extKeyUsage', serverAuth: true },
			{
				name: 'subjectAltName',
				altNames: [
					...hostnames.map((value) => ({ type: 2 as const, value })),
					...addresses.map((ip) => ({ type: 7 as const, ip })),
				],
			},
		],
	});
	return { cert, key };
}
