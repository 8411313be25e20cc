import { createHash } from 'crypto';

import type { LoginTicket } from '../shared/cpanel/input/loginTicket';
import { loginAddress, loginFields } from '../shared/cpanel/sessions/login';
import type { LoginOptions } from '../shared/cpanel/sessions/login';

const STYLE = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;text-align:center}
main{padding:1.5rem;max-width:24rem}
button{font:inherit;padding:.75rem 1.5rem;border:0;border-radius:.5rem;background:#1a56c4;color:#fff;cursor:pointer}
button:disabled{opacity:.6;cursor:default}
`;

/** A session works once: a click after the script has sent it would use it up before Webmail opens. */
const SCRIPT = `
var form=document.getElementById('login');
form.addEventListener('submit',function(){document.getElementById('open').disabled=true});
form.requestSubmit?form.requestSubmit():(document.getElementById('open').disabled=true,form.submit());
`;

/**
 * The page's own policy: nothing is loaded from anywhere, and only its own style and script run.
 * `form-action` names the scheme alone, since browsers hold the redirect after a login to it, too.
 */
const POLICY = [
	"default-src 'none'",
	`style-src '${digest(STYLE)}'`,
	`script-src '${digest(SCRIPT)}'`,
	'form-action https:',
	"base-uri 'none'",
].join('; ');

/**
 * A page that logs the browser in that opens it. It submits its form by script; where scripts are off or
 * forbidden, its button does the same. It loads nothing and sends no referrer.
 *
 * @param method `post` keeps the session out of the address bar, the history and the server's log; `get`
 * also works where the server answers with 307 and its cookie is `SameSite=Lax`
 */
export function loginPage(ticket: LoginTicket & LoginOptions, method: 'get' | 'post'): string {
	const inputs = Object.entries(loginFields(ticket)).map(
		([name, value]) => `<input type="hidden" name="${name}" value="${escapeAttribute(value)}">`,
	);
	// as documented for POST, as seen for GET (protocol.md, 3)
	const action = method === 'post' ? loginAddress(ticket) : `${loginAddress(ticket)}/`;
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Webmail</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p>Your mailbox is ready.</p>
<form id="login" method="${method}" action="${escapeAttribute(action)}">
${inputs.join('\n')}
<button id="open" type="submit">Open Webmail</button>
</form>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	// a parser turns these into \n, so that the value would not arrive as it was
	'\r': '&#13;',
	'\n': '&#10;',
};

function escapeAttribute(text: string): string {
	return text.replace(/[&<>"'\r\n]/g, (character) => ENTITIES[character] ?? '');
}

function digest(text: string): string {
	return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
