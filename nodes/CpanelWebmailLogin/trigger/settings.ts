import { linkIdIn, parseFullAddress } from '../../shared/accessLink/accessLink';
import { visitorAddress, visitorAddressIn } from '../../shared/accessLink/visitorAddress';
import type { Origin } from '../../shared/accessLink/visitorAddress';
import { cleanPasted } from '../../shared/cpanel/input/characters';
import { WEBMAIL_PORT, parseDomain, parseHostOrUrl } from '../../shared/cpanel/input/host';
import { parseGotoUri } from '../../shared/cpanel/input/gotoUri';
import type { Host } from '../../shared/cpanel/input/host';
import type { IpAddress } from '../../shared/cpanel/input/ipAddress';
import { ownWords } from '../../shared/cpanel/response/quote';
import { badInput } from '../../shared/errors';
import type { CpanelError } from '../../shared/errors';
import { timeoutParameter } from '../../shared/n8n/parameters';
import type { ParameterReader } from '../../shared/n8n/parameters';
import { orUndefined, readPageChoices } from '../page/fields';
import type { PageChoices } from '../page/renderPage';

/** What the trigger is set to: its parameters, read and checked. */
export interface TriggerSettings {
	/** Empty: every domain that the credential may open. */
	allowedDomains: Set<string>;
	refused: RefusedLinks;
	/** Finds the address that a session is made for; undefined leaves it to cPanel. */
	visitorOf(origin: Origin): IpAddress | undefined;
	/** The one that was chosen for it, which has to name an address then. */
	visitorHeader?: string;
	handOver: 'redirect' | 'page';
	gotoUri?: string;
	/** Where Webmail is, in place of what cPanel says. */
	webmailHost?: Host;
	/** For the whole way from the click to the session, in milliseconds. */
	timeout: number;
	/** Per link in ten minutes. */
	mostOpenings: number;
	emitExpired: boolean;
}

/** Seconds; people look at an empty window for no longer. */
export const DEFAULT_TIMEOUT = 20;
/** Per link in ten minutes: more than a person needs who tries on a phone and a computer. */
export const DEFAULT_OPENINGS = 10;

/**
 * Reads the parameters of the trigger, all but those of its pages.
 *
 * @throws {CpanelError} of kind `input`
 */
export function readSettings(item: ParameterReader): TriggerSettings {
	const webmailHost = orUndefined(item.text('options.webmailHost'));
	return {
		allowedDomains: readDomains(item.guard('allowedDomains')),
		refused: readRefused(item.guard('refused') ?? []),
		...readVisitorAddress(item),
		handOver: item.choice('handOver', ['redirect', 'page']),
		gotoUri: parseGotoUri(item.text('options.gotoUri')),
		...(webmailHost !== undefined && {
			webmailHost: parseHostOrUrl(webmailHost, WEBMAIL_PORT, 'Webmail Host'),
		}),
		timeout: timeoutParameter(item, DEFAULT_TIMEOUT),
		mostOpenings: readMostOpenings(item.number('options.mostOpenings', DEFAULT_OPENINGS)),
		emitExpired: item.switch('options.emitExpired'),
	};
}

/**
 * Reads what the pages look like and say.
 *
 * @throws {CpanelError} of kind `input`
 */
export function readAccessPage(item: ParameterReader): PageChoices {
	return {
		...readPageChoices((name) => item.text(`page.${name}`)),
		expiredText: orUndefined(item.text('page.expiredText')),
		showMailbox: item.switch('page.showMailbox', true),
	};
}

/** For a page that must be shown although what was chosen for it is of no use. */
export const BUILT_IN_PAGE: PageChoices = { look: {}, showMailbox: true };

function readVisitorAddress(
	item: ParameterReader,
): Pick<TriggerSettings, 'visitorOf' | 'visitorHeader'> {
	const way = item.choice('visitorAddress', ['auto', 'header', 'none']);
	if (way === 'auto') return { visitorOf: visitorAddress };
	if (way === 'none') return { visitorOf: () => undefined };
	const header = cleanPasted(item.text('visitorAddressHeader'));
	if (!/^[\w!#$%&'*+.^`|~-]+$/.test(header)) {
		throw badInput(
			'“Header” is not the name of a header',
			'Enter the name of the header in which your reverse proxy reports the address of the visitor, such as X-Real-IP.',
		);
	}
	return { visitorOf: (origin) => visitorAddressIn(origin, header), visitorHeader: header };
}

/** More than anybody needs, and few enough for the memory that each of them takes. */
const MAX_OPENINGS = 1000;

function readMostOpenings(number: number): number {
	if (Number.isInteger(number) && number >= 1 && number <= MAX_OPENINGS) return number;
	throw badInput(
		'“Max Openings” is out of range',
		`Enter a whole number from 1 to ${MAX_OPENINGS}.`,
	);
}

/**
 * Reads the domains whose mailboxes may be opened, as cPanel stores them.
 *
 * @param lines undefined for a field that was left empty, which allows all
 * @returns empty where all are allowed
 * @throws {CpanelError} of kind `input` for a list with anything else in it
 */
export function readDomains(lines: string[] | undefined): Set<string> {
	const texts = (lines ?? []).flatMap((line) => line.split(/[,;]/));
	const domains = new Set(texts.flatMap((text) => parseDomain(text, 'Allowed Domains') ?? []));
	if (lines === undefined || domains.size > 0) return domains;
	throw badInput(
		'“Allowed Domains” contains no domain',
		'Enter the domains whose mailboxes access links may open, or leave the field empty to allow all.',
	);
}

/** What is not served any more. */
export interface RefusedLinks {
	/** In lower case. */
	linkIds: Set<string>;
	/** As `Mailbox.email` has them. */
	mailboxes: Set<string>;
}

type RefusedEntry = { linkId: string } | { mailbox: string };

/**
 * Reads the links and mailboxes that are not served any more.
 *
 * @param lines several entries in one are parted by commas or semicolons
 * @throws {CpanelError} of kind `input`, naming the entry that is neither: a list that lost one would let somebody in
 */
export function readRefused(lines: string[]): RefusedLinks {
	const entries = lines.flatMap(entriesIn);
	return {
		linkIds: new Set(entries.flatMap((entry) => ('linkId' in entry ? entry.linkId : []))),
		mailboxes: new Set(entries.flatMap((entry) => ('mailbox' in entry ? entry.mailbox : []))),
	};
}

/** A name before an address may hold a comma; but then nothing before that is an entry by itself. */
function entriesIn(line: string): RefusedEntry[] {
	const parts = line.split(/[,;]/).filter((part) => cleanPasted(part) !== '');
	const read = parts.map(readEntry);
	if (read.every((entry) => entry !== undefined)) return read;
	const whole = readEntry(line);
	if (whole !== undefined && read.slice(0, -1).every((entry) => entry === undefined))
		return [whole];
	throw noEntry(parts[read.indexOf(undefined)] ?? line);
}

function readEntry(text: string): RefusedEntry | undefined {
	const id = cleanPasted(text).toLowerCase();
	if (LINK_ID.test(id)) return { linkId: id };
	const linkId = linkIdIn(text)?.toLowerCase();
	if (linkId !== undefined) return { linkId };
	try {
		const mailbox = parseFullAddress(text);
		// a pattern, which would refuse nobody
		return mailbox.includes('*') ? undefined : { mailbox };
	} catch {
		return undefined;
	}
}

/** The names of links in this field: see `newLinkId`. A mailbox without its domain may look so, and is none. */
const LINK_ID = /^[a-z0-9]{12}$/;

/** What was typed is named, but for what would open a mailbox. */
function noEntry(text: string): CpanelError {
	const shown = ownWords(text.replace(/\S*\.[\w-]{43}\S*/g, '…'), []).slice(0, 80);
	return badInput(
		`“Refused” contains an entry that is not a link ID, an access link or a mailbox: “${shown}”`,
		'Enter one per line: the ID of a link (twelve letters and digits), the whole link, or the full address of a mailbox. A domain is refused by leaving it out of “Allowed Domains”.',
	);
}
