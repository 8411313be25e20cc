import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail server on loopback that keeps what it is given. */
export interface MailServer {
	/** What n8n's SMTP credential has to say about it. */
	readonly credential: Record<string, unknown>;
	/** The mails that came in, in order. */
	readonly mails: readonly ParsedMail[];
	stop(): Promise<void>;
}

const ADDRESS = '127.0.0.1';

/**
 * Starts a mail server on a free port.
 *
 * @param onMail is told of each mail that comes in
 */
export async function startMailServer(onMail?: (mail: ParsedMail) => void): Promise<MailServer> {
	const mails: ParsedMail[] = [];
	const server = new SMTPServer({
		hideSTARTTLS: true,
		authOptional: true,
		disableReverseLookup: true,
		onData(stream, _session, accepted) {
			simpleParser(stream).then(
				(mail) => {
					mails.push(mail);
					onMail?.(mail);
					accepted();
				},
				(error: Error) => accepted(error),
			);
		},
	});
	server.listen(0, ADDRESS);
	await once(server.server, 'listening');
	const { port } = server.server.address() as AddressInfo;
	return {
		credential: {
			host: ADDRESS,
			port,
			user: '',
			password: '',
			secure: false,
			disableStartTls: true,
			hostName: '',
		},
		mails,
		stop: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}

/** The first link in the text of a mail. */
export function linkIn(mail: ParsedMail | undefined): string {
	const [link] = /https?:\/\/\S+/.exec(mail?.text ?? '') ?? [];
	if (link === undefined) throw new Error('There is no link in the mail.');
	return link;
}
