import type { HttpTransport } from '../../http/HttpTransport';

/** How a node reaches servers; the same for all items but for the timeout. */
export interface Channel {
	transport: HttpTransport;
	/** Deadline of each request, in milliseconds. */
	timeout: number;
	/** Where the user finds the switch that accepts unverified certificates, for a message. */
	certificateSwitch: string;
	/** Whether that switch is on. */
	ignoresCertificates?: boolean;
}
