import { generate } from 'selfsigned';

import type { Certificate } from '../cpsrvd/certificate';

const DAY = 24 * 60 * 60 * 1000;

/** An authority for servers at 127.0.0.1. */
export interface Authority {
	/** PEM, for those who are to trust it. */
	cert: string;
	/** Issues a certificate. */
	issue(options: { name: string; from?: Date; until?: Date }): Promise<Certificate>;
}

export async function createAuthority(name: string): Promise<Authority> {
	const common = { keyType: 'ec', algorithm: 'sha256' } as const;
	const authority = await generate([{ name: 'commonName', value: name }], {
		...common,
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{ name: 'keyUsage', keyCertSign: true, critical: true },
		],
	});
	return {
		cert: authority.cert,
		async issue({ name, from = daysFromNow(-1), until = daysFromNow(1) }) {
			const isAddress = /^[\d.]+$/.test(name);
			const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
				...common,
				ca: { cert: authority.cert, key: authority.private },
				notBeforeDate: from,
				notAfterDate: until,
				extensions: [
					{ name: 'extKeyUsage', serverAuth: true },
					{
						name: 'subjectAltName',
						altNames: [isAddress ? { type: 7, ip: name } : { type: 2, value: name }],
					},
				],
			});
			return { cert, key };
		},
	};
}

export function daysFromNow(days: number): Date {
	return new Date(Date.now() + days * DAY);
}
