import type { Cpsrvd, Session } from '../../cpsrvd';

/** What somebody sees in their browser in place of the mailbox. */
export interface BrowserTrouble {
	/** What the page says. */
	shown: string;
	cause: string;
	advice: string;
	/** Brings it about, after the session was made and before its link is opened. */
	arrange: (server: Cpsrvd, made: Session) => void;
}

const LAST = 'In a mail, use an access link: it makes a session for whoever presses its button.';

/** Each is met in a browser. */
export const BROWSER_TROUBLES: BrowserTrouble[] = [
	{
		shown: 'Your IP address has changed. Please log in again.',
		cause: 'The session was made for another address than the browser’s: for n8n’s, or a wrong one',
		advice: `Name the visitor’s address under _Remote Address_ of cPanel Session. ${LAST}`,
		arrange: (_: Cpsrvd, made: Session): void => {
			made.address = '203.0.113.7';
		},
	},
	{
		shown: 'Your session has expired. Please log in again.',
		cause: 'The link is older than about 15 minutes',
		advice: `Make a new one and open it right away. ${LAST}`,
		arrange: ({ clock }: Cpsrvd): void => clock.advance(16 * 60_000),
	},
	{
		shown: 'Your session cookie is invalid. Please log in again.',
		cause: 'The link was used before: by a second click, or by a mail filter that opened it first',
		advice: `Make a new one. ${LAST}`,
		arrange: ({ state }: Cpsrvd, made: Session): void => {
			state.sessions.open(made);
		},
	},
];
