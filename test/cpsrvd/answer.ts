/** An answer, before the delivery switches have had their way with it. */
export interface Answer {
	status: number;
	/** The words after the status; the usual ones unless given. */
	reason?: string;
	headers: Record<string, string | string[]>;
	body: string | Buffer;
}

// The charset comes in quotes on the real server, which not every parser expects.
const JSON_TYPE = 'application/json; charset="utf-8"';
const HTML_TYPE = 'text/html; charset="utf-8"';
const TEXT_TYPE = 'text/plain; charset="utf-8"';

/** A value as JSON. */
export function json(value: unknown, status = 200): Answer {
	return { status, headers: { 'Content-Type': JSON_TYPE }, body: JSON.stringify(value) };
}

/** JSON that is labelled as plain text, which is how the login reports a failure. */
export function jsonAsText(value: unknown, status: number): Answer {
	return { ...json(value, status), headers: { 'Content-Type': TEXT_TYPE } };
}

/** How the older API says no, and with it whatever has no better way to. */
export function oldDenial(words: string, status: number): Answer {
	const data = { reason: words, result: '0' };
	const cpanelresult = { apiversion: '2', error: words, data, type: 'text' };
	const answer = json({ cpanelresult }, status);
	return status === 200 ? answer : { ...answer, reason: `Forbidden ${words}` };
}

/** How a function of WHM says no. */
export function whmFailure(command: string, reason: string, status = 200): Answer {
	return json({ metadata: { command, reason, result: 0, version: 1 } }, status);
}

/** A page. */
export function html(page: string, status = 200): Answer {
	return {
		status,
		headers: {
			'Content-Type': HTML_TYPE,
			'Cache-Control': 'no-cache, no-store, must-revalidate, private',
			'X-Frame-Options': 'SAMEORIGIN',
		},
		body: page,
	};
}

/** A redirect, with the page that comes along for clients which do not follow it. */
export function redirect(location: string, status: number): Answer {
	const target = location.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
	const answer = html(
		`<html><head><META HTTP-EQUIV="refresh" CONTENT="2;URL=${target}"></head>` +
			'<body></body></html>',
		status,
	);
	return { ...answer, reason: 'Moved', headers: { ...answer.headers, Location: location } };
}

/** The same answer with these cookies set. */
export function withCookies(answer: Answer, cookies: string[]): Answer {
	return { ...answer, headers: { ...answer.headers, 'Set-Cookie': cookies } };
}
