import type { HttpResponse } from '../../http/HttpTransport';
import { refusesSignIn, signInRefusal } from './signInRefusal';
import type { SignInWords } from './signInRefusal';
import { judgePage, judgeStatus } from './verdicts';

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
}

/**
 * The answer of a server that accepted the caller, without its byte order mark.
 *
 * @throws {CpanelError} of kind `credential` or `signIn` for a refused sign-in, `answer` for what its status
 * or its being a page shows to be something else
 */
export function acceptedAnswer(
	response: HttpResponse,
	{ url, signIn }: Pick<CallContext, 'url' | 'signIn'>,
): HttpResponse {
	const answer = { ...response, body: response.body.replace(/^\uFEFF/, '') };
	const unusable = judgeStatus(answer, url) ?? judgePage(answer, url);
	if (unusable !== undefined) throw unusable;
	if (refusesSignIn(answer)) throw signInRefusal(answer, new URL(url).host, signIn);
	return answer;
}
