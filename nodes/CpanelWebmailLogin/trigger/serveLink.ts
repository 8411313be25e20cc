import type { IDataObject } from 'n8n-workflow';

import { verifyAccessLink } from '../../shared/accessLink/accessLink';
import type { AccessLink } from '../../shared/accessLink/accessLink';
import type { IpAddress } from '../../shared/cpanel/input/ipAddress';
import type { Keyring } from '../../shared/accessLink/keys';
import type { OpeningCounter } from '../../shared/accessLink/OpeningCounter';
import { answerProbe } from '../../shared/accessLink/probe';
import type { LoginTicket } from '../../shared/cpanel/input/loginTicket';
import { resolveMailbox } from '../../shared/cpanel/input/mailbox';
import type { Mailbox } from '../../shared/cpanel/input/mailbox';
import { loginLink } from '../../shared/cpanel/login/login';
import { CpanelError } from '../../shared/errors';
import { toItemText } from '../../shared/n8n/nodeErrors';
import { buttonPage, loginPage, refusalPage } from '../page/pages';
import type { Reader, RefusalPage } from '../page/pages';
import type { PageChoices } from '../page/renderPage';
import { chooseLanguage } from '../page/language';
import type { Answer, LinkRequest } from './exchange';
import { failureOf, newIncident } from './reasons';
import type { Reason } from './reasons';
import { DEFAULT_OPENINGS } from './settings';
import type { TriggerSettings } from './settings';

/** What became of a request. */
export interface Served {
	answer: Answer;
	/** For the output *Opened*. */
	opened?: IDataObject;
	/** For the output *Not Opened*. */
	notOpened?: IDataObject;
}

/** What a request is served with. */
export interface LinkContext {
	keyring: Keyring;
	/** Of the address in the access link credential. */
	ownOrigin?: string;
	page: PageChoices;
	timeZone: string;
	/** Reads the settings, when they are needed. */
	settings(): TriggerSettings;
	counter: OpeningCounter;
	/** Names a link among those of all triggers of this process. */
	counterKey(link: AccessLink): string;
	/** Milliseconds since 1970. */
	now(): number;
	/** Tells whoever runs n8n; the same thing not more than once in a while. */
	warn(message: string): void;
	/**
	 * Makes a session.
	 *
	 * @throws {CpanelError}
	 */
	open(
		link: AccessLink,
		mailbox: Mailbox,
		visitor: IpAddress | undefined,
		settings: TriggerSettings,
	): Promise<LoginTicket>;
}

/**
 * Answers whoever opens an access link. GET and HEAD look and do nothing, whoever sends them: mail filters follow every
 * link. The button sends a POST, and that makes the session.
 *
 * @returns what to answer and what to tell the workflow; never a session, a token or an address in the latter
 */
export async function serveLink(request: LinkRequest, context: LinkContext): Promise<Served> {
	const link = verifyAccessLink(request.token, context.keyring);
	if (link === undefined) return { answer: withoutLink(request, context) };
	const click = new Click(request, context, link);
	try {
		return await click.serve();
	} catch (error) {
		return click.failed(error);
	}
}

/** For what is no link: the test of the credential, or something that was altered, cut off or made up. */
function withoutLink(request: LinkRequest, context: LinkContext): Answer {
	const page = refusalPage('invalid', context.page, readerOf(request, context));
	const text = answerProbe(request.token, context.keyring);
	return text === undefined ? { status: 403, page } : { status: 200, page, text };
}

/** For whom pages are: by the link, which nobody could alter, before the browser. */
export function readerOf(
	{ acceptLanguage }: Pick<LinkRequest, 'acceptLanguage'>,
	{ page, timeZone }: Pick<LinkContext, 'page' | 'timeZone'>,
	link?: AccessLink,
): Reader {
	const language = chooseLanguage({
		chosen: page.language,
		locale: link?.locale,
		acceptLanguage,
	});
	return { language, timeZone };
}

/** A request with a link whose signature is right. */
class Click {
	private readonly reader: Reader;
	private visitor: IpAddress | undefined;
	/** As far as they can be read: a link is counted also where they cannot. */
	private mostOpenings = DEFAULT_OPENINGS;
	/** Whether this opening was counted, and is not one too many. */
	private isCounted = false;
	private visitorProblem: string | undefined;

	constructor(
		private readonly request: LinkRequest,
		private readonly context: LinkContext,
		private readonly link: AccessLink,
	) {
		this.reader = readerOf(request, context, link);
	}

	async serve(): Promise<Served> {
		const { request, context, link } = this;
		const settings = context.settings();
		this.mostOpenings = settings.mostOpenings;
		this.visitor = settings.visitorOf(request.origin);
		this.visitorProblem = problemOf(request, this.visitor, settings);
		if (context.now() >= link.expiresAt * 1000) return this.expired(settings);
		const mailbox = resolveMailbox('', link.mailbox);
		const refusal = refusalOf(link, mailbox, settings);
		if (refusal !== undefined) return this.refused(...refusal);
		if (!this.isPress()) {
			return { answer: { status: 200, page: this.button() } };
		}
		const wait = context.counter.open(context.counterKey(link), settings.mostOpenings);
		if (wait > 0) {
			const page = this.refusal('tooMany');
			return { answer: { status: 429, page, retryAfter: Math.ceil(wait / 1000) } };
		}
		this.isCounted = true;
		if (this.visitorProblem !== undefined) context.warn(this.visitorProblem);
		const ticket = await context.open(link, mailbox, this.visitor, settings);
		return {
			answer: this.handOver(ticket, settings),
			opened: { event: 'opened', ...this.record() },
		};
	}

	/** @param error whatever came in between; a click that brought nobody in is told, a look is not */
	failed(error: unknown): Served {
		const { reason, status } = failureOf(error);
		const retryAfter = error instanceof CpanelError ? error.retryAfter : undefined;
		const tells = this.isPress() && (this.isCounted || this.mayTell());
		const incident = newIncident();
		const page = this.refusal('unavailable', incident);
		return {
			answer: {
				status,
				page,
				...(retryAfter !== undefined && { retryAfter: Math.ceil(retryAfter / 1000) }),
			},
			...(tells && {
				notOpened: this.notOpened(reason, toItemText(error), incident),
			}),
		};
	}

	/** Nobody can press the button of an expired link, so looking at it is what is told, where that is wanted. */
	private expired(settings: TriggerSettings): Served {
		const tells = settings.emitExpired && this.request.method !== 'HEAD' && this.mayTell();
		const incident = tells ? newIncident() : undefined;
		return {
			answer: { status: 410, page: this.refusal('expired', incident) },
			...(incident !== undefined && {
				notOpened: this.notOpened('expired', 'The link has expired.', incident),
			}),
		};
	}

	private refused(reason: Reason, message: string): Served {
		const incident = this.isPress() && this.mayTell() ? newIncident() : undefined;
		return {
			answer: { status: 403, page: this.refusal('withdrawn', incident) },
			...(incident !== undefined && { notOpened: this.notOpened(reason, message, incident) }),
		};
	}

	/** Whoever clicks on and on starts no more executions with a link that opens nothing than with one that does. */
	private mayTell(): boolean {
		return this.context.counter.open(this.context.counterKey(this.link), this.mostOpenings) === 0;
	}

	/** Of the button of the page, and not of one that somebody else's page has. */
	private isPress(): boolean {
		return this.request.method === 'POST' && !this.request.isCrossSite(this.context.ownOrigin);
	}

	private button(): Answer['page'] {
		return buttonPage(this.link, String(this.request.token), this.context.page, this.reader);
	}

	private refusal(kind: RefusalPage, incident?: string): Answer['page'] {
		return refusalPage(kind, this.context.page, this.reader, { link: this.link, incident });
	}

	/** The link's own page of Webmail comes before the trigger's. */
	private handOver(ticket: LoginTicket, { handOver, gotoUri }: TriggerSettings): Answer {
		const login = { ...ticket, gotoUri: this.link.gotoUri ?? gotoUri };
		if (handOver === 'redirect') {
			return { status: 303, page: this.button(), location: loginLink(login) };
		}
		const { language } = this.reader;
		const { look, title, button } = this.context.page;
		const formAction = "'self' https:";
		const page = loginPage(login, 'post', { language, look, title, button, formAction });
		return { status: 200, page };
	}

	private record(): IDataObject {
		const { mailbox, id, reference, issuedAt, expiresAt } = this.link;
		return {
			email: mailbox,
			linkId: id,
			reference: reference ?? '',
			issuedAt: new Date(issuedAt * 1000).toISOString(),
			expiresAt: new Date(expiresAt * 1000).toISOString(),
			at: new Date(this.context.now()).toISOString(),
			visitorAddress: this.visitor?.text ?? '',
			...(this.visitorProblem !== undefined && { visitorAddressProblem: this.visitorProblem }),
			userAgent: this.request.userAgent,
		};
	}

	private notOpened(reason: Reason, message: string, incident: string): IDataObject {
		return { event: 'notOpened', ...this.record(), reason, message, incident };
	}
}

/** Why a session is not made for the visitor's address, although a header was chosen for that. */
function problemOf(
	{ origin }: LinkRequest,
	visitor: IpAddress | undefined,
	{ visitorHeader }: TriggerSettings,
): string | undefined {
	if (visitorHeader === undefined || visitor !== undefined) return undefined;
	return origin.headers[visitorHeader.toLowerCase()] === undefined
		? `The request came without the header “${visitorHeader}” that is chosen under “Visitor Address”. The address is left to cPanel.`
		: `The header “${visitorHeader}” that is chosen under “Visitor Address” names no address. The address is left to cPanel.`;
}

/** Why a link is not served although it is in order. */
function refusalOf(
	{ id }: AccessLink,
	{ email, domain }: Mailbox,
	{ refused, allowedDomains }: TriggerSettings,
): [reason: Reason, message: string] | undefined {
	if (refused.linkIds.has(id.toLowerCase()))
		return ['linkRefused', 'The link is in the list “Refused”.'];
	if (refused.mailboxes.has(email)) {
		return ['mailboxRefused', 'The mailbox is in the list “Refused”.'];
	}
	if (allowedDomains.size > 0 && !allowedDomains.has(domain)) {
		return ['domainNotAllowed', `“Allowed Domains” does not include ${domain}.`];
	}
	return undefined;
}
