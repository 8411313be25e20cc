import { verifyAccessLink } from '../../../nodes/shared/accessLink/accessLink';
import { deriveKey } from '../../../nodes/shared/accessLink/keys';
import { forgeries } from '../../unit/accessLink/forgeries';
import { VECTORS, VECTOR_SECRET } from '../../unit/accessLink/vectors';

const KEYRING = { current: deriveKey(VECTOR_SECRET) };

test('none of a million forged tokens is accepted, and nothing throws', () => {
	const [{ token }] = VECTORS as [(typeof VECTORS)[number]];
	let accepted = 0;
	let tried = 0;
	for (const forged of forgeries(token, 1_000_000)) {
		tried += 1;
		if (verifyAccessLink(forged, KEYRING) !== undefined) accepted += 1;
	}
	expect({ tried, accepted }).toEqual({ tried: 1_000_000, accepted: 0 });
});
