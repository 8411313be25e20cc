import type { NotHttp } from '../notHttp';

/** What becomes of the bytes of an answer, to a call and to a login. */
export interface ByteSwitches {
	/** The body is empty. */
	emptyBody: boolean;
	/** A JSON body ends in the middle, with a matching length: nothing but the JSON tells. */
	truncatedJson: boolean;
	/** The body starts with a UTF-8 byte order mark. */
	bom: boolean;
	/** This Content-Type whatever the body, for instance valid JSON as `text/html`; '' for none. */
	contentType: string | null;
	/** So many MiB of blanks follow the body. 0 switches it off. */
	hugeBody: number;
	/** So many MiB of blanks follow the body, packed with gzip. 0 switches it off. */
	gzipBomb: number;
	/** The body is packed like this, whether or not the client asked for it; or it only says so. */
	packed: 'gzip' | 'x-gzip' | 'deflate' | 'rawDeflate' | 'br' | 'notAtAll' | null;
	/** In place of an answer comes what is no HTTP, and the connection ends. */
	notHttp: NotHttp | null;
}

export const BYTE_DEFAULTS: ByteSwitches = {
	emptyBody: false,
	truncatedJson: false,
	bom: false,
	contentType: null,
	hugeBody: 0,
	gzipBomb: 0,
	packed: null,
	notHttp: null,
};
