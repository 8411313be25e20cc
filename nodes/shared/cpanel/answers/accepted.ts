import type { HttpResponse } from '../../http/HttpTransport';
import type { Subject } from './refusal';
import { signInRefusal } from './signInRefusal';
import type { SignInWords } from './signInRefusal';
import { judgeAnswer } from './verdicts';

/** What the judgment needs to know of the call. */
export interface CallContext {
	/** URL of the request, for the name of its host. */
	url: string;
	/** `Module::function`, for messages. */
	function: string;
	/** Everything secret that was sent, to keep it out of cPanel's own words. */
	secrets: readonly string[];
	/** What a refused sign-in means here. */
	signIn: SignInWords;
	/** What the call is about, for messages. */
	about?: Subject;
	/** Who was asked, where it was not cPanel itself. */
	through?: 'WHM';
}

/**
 * The answer of a server that accepted the caller, without its byte order mark.
 *
 * @throws {CpanelError} of kind `credential` or `signIn` where cPanel refused the sign-in, `answer` or `busy` for what
 * its status or its being a page shows to be something else
 */
export function acceptedAnswer(
	response: HttpResponse,
	{ url, secrets, signIn }: Pick<CallContext, 'url' | 'secrets' | 'signIn'>,
): HttpResponse {
	const answer = { ...response, body: response.body.replace(/^\uFEFF/, '') };
	const verdict = judgeAnswer(answer, { url, secrets });
	if (verdict === 'signInRefused') throw signInRefusal(answer, new URL(url).host, signIn);
	if (verdict !== undefined) throw verdict;
	return answer;
}
