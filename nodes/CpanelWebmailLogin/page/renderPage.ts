import { createHash } from 'crypto';

import type { Language } from './language';

/** What the user chose for a page. A text that is undefined is the built-in one. */
export interface PageChoices {
	look: {
		/** Of the button: six hexadecimal digits behind a `#`. */
		accentColor?: string;
		logoUrl?: URL;
	};
	/** Undefined leaves it to whoever reads the page. */
	language?: string;
	title?: string;
	text?: string;
	button?: string;
	/** For access links, as is the next. */
	expiredText?: string;
	showMailbox?: boolean;
}

/** What a page says and does. Texts are plain texts. */
export interface Page {
	language: Language;
	look: PageChoices['look'];
	/** Title of the window, and heading. */
	title: string;
	/** One paragraph per line. */
	text: string;
	/** The mailbox it is about, so that nobody is led into somebody else's unawares. */
	mailbox?: string;
	/** A sentence in small print. */
	note?: string;
	/**
	 * Where a form of the page may lead: its own server as well, or TLS alone. No server is named, since browsers hold
	 * the redirect after a form to it, too, and Webmail may be anywhere.
	 */
	formAction: "'self' https:" | 'https:';
	/** The one thing that can be done on the page. */
	form?: {
		method: 'get' | 'post';
		action: string;
		fields: Record<string, string>;
		button: string;
		/** Whether a script sends it as soon as the page is there; the button does the same without scripts. */
		submitsItself?: boolean;
	};
}

/** A page's own address with an empty query: no server has to know how it is called from outside. */
export const OWN_ADDRESS = '?';

export interface RenderedPage {
	html: string;
	/** The directives of the policy in the page, for a header that adds what only a header can hold. */
	policy: string[];
}

/** The blue of the built-in page. */
export const BUILT_IN_ACCENT = '#1a56c4';

/** A session works once: a click after the script has sent it would use it up before Webmail opens. */
const SCRIPT = `
var form=document.getElementById('login');
form.addEventListener('submit',function(){document.getElementById('open').disabled=true});
form.requestSubmit?form.requestSubmit():(document.getElementById('open').disabled=true,form.submit());
`;

/**
 * The one page of this package: that with the button, the refusals, and the page of Create Page. It loads nothing but
 * the logo, runs nothing but its own script, and has no preview for chats and mail programs.
 */
export function renderPage(page: Page): RenderedPage {
	const { language, look, title, text, mailbox, note, form } = page;
	const style = styleFor(look.accentColor ?? BUILT_IN_ACCENT);
	const script = form?.submitsItself === true ? SCRIPT : undefined;
	const policy = policyFor(page, style, script);
	// a form that a page sends to its own server names its origin then, by which that knows its own page
	const referrer = form?.action === OWN_ADDRESS ? 'same-origin' : 'no-referrer';
	const html = `<!doctype html>
<html lang="${language.code}" dir="${language.direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeQuoted(policy.join('; '))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="${referrer}">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${[
	look.logoUrl && `<img src="${escapeHtml(look.logoUrl.href)}" alt="">`,
	`<h1>${escapeHtml(title)}</h1>`,
	paragraphs(text),
	mailbox !== undefined && `<p class="mailbox"><bdi>${escapeHtml(mailbox)}</bdi></p>`,
	form && renderForm(form),
	note !== undefined && `<p class="note">${escapeHtml(note)}</p>`,
]
	.filter((part) => typeof part === 'string')
	.join('\n')}
</main>
${script === undefined ? '' : `<script>${script}</script>\n`}</body>
</html>
`;
	return { html, policy };
}

function renderForm({ method, action, fields, button }: NonNullable<Page['form']>): string {
	const inputs = Object.entries(fields).map(
		([name, value]) =>
			`<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
	);
	return `<form id="login" method="${method}" action="${escapeHtml(action)}">
${inputs.join('\n')}
<button id="open" type="submit">${escapeHtml(button)}</button>
</form>`;
}

function policyFor(
	{ look, formAction }: Page,
	style: string,
	script: string | undefined,
): string[] {
	return [
		"default-src 'none'",
		`style-src '${digest(style)}'`,
		...(script === undefined ? [] : [`script-src '${digest(script)}'`]),
		...(look.logoUrl === undefined ? [] : [`img-src ${policySource(look.logoUrl)}`]),
		`form-action ${formAction}`,
		"base-uri 'none'",
	];
}

/** Colors but for the button's are the browser's own, in which light, dark and high contrast are right. */
function styleFor(accentColor: string): string {
	return `
:root{color-scheme:light dark;font:100%/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;min-height:100svh;display:grid;place-items:center;text-align:center;background:Canvas;color:CanvasText}
main{box-sizing:border-box;width:100%;max-width:28rem;padding:1.5rem;overflow-wrap:anywhere}
img{max-width:100%;max-height:5rem;height:auto}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem}
p{margin:.75rem 0}
form{margin:1.5rem 0}
button{font:inherit;min-height:2.75rem;max-width:100%;padding:.75rem 1.5rem;border:2px solid transparent;border-radius:.5rem;background:${accentColor};color:${readableOn(accentColor)};cursor:pointer}
button:focus-visible{outline:3px solid CanvasText;outline-offset:3px}
button:disabled{opacity:.6;cursor:default}
.mailbox{font-weight:600}
.note{font-size:.875rem}
`;
}

function digest(text: string): string {
	return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}

/**
 * Black or white, whichever can be read better on a color. The contrast is at least 4.58 to 1, whatever the color;
 * WCAG 2.2 wants 4.5.
 *
 * @param color six digits behind a `#`
 */
export function readableOn(color: string): '#000000' | '#ffffff' {
	const luminance = luminanceOf(color);
	return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff';
}

/** Relative luminance as WCAG defines it. */
function luminanceOf(color: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const channel = parseInt(color.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
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
	// CDNs put “[email protected]” in place of what looks like a mail address, and a script that undoes it
	'@': '&#64;',
};

/** A text as it stands in a page, also between the quotes of an attribute. */
function escapeHtml(text: string): string {
	return text.replace(/[&<>"'\r\n@]/g, (character) => ENTITIES[character] ?? '');
}

/** A text as it stands between the double quotes of an attribute, with single ones as they are. */
function escapeQuoted(text: string): string {
	return text.replace(/[&<>"\r\n@]/g, (character) => ENTITIES[character] ?? '');
}

/** The origin of an address as it stands in a policy, where a semicolon or a comma would begin another directive. */
export function policySource({ origin }: URL): string {
	return origin.replace(/[^\w.:/[\]-]/g, encodedByte);
}

/** What a URL parser leaves in a host are characters of ASCII. */
function encodedByte(character: string): string {
	return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** A text of several lines, each as a paragraph; empty lines are left out. */
function paragraphs(text: string): string {
	return text
		.split(/\r\n|\r|\n/)
		.filter((line) => line.trim() !== '')
		.map((line) => `<p>${escapeHtml(line)}</p>`)
		.join('\n');
}
