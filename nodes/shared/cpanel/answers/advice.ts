/** The next step where something else than cPanel answered. */
export const CHECK_SERVER_AND_PORT =
	'Check that the server and port are those of cPanel: 2083 for cPanel, 2087 for WHM, 2096 for Webmail.';

/** The next step where cPanel failed at something. */
export const ASK_FOR_LOG =
	'Run the item again later. If it keeps happening, ask the hosting provider to look at cPanel’s log.';
