import type { IAuthenticateRuleResponseSuccessBody } from 'n8n-workflow';

type Rule = IAuthenticateRuleResponseSuccessBody;

/**
 * What the request of a credential test has in common. HTTP errors are left to the rules: n8n would send a request
 * that is answered with 401 a second time, and cPanel counts each of them towards a lock-out.
 */
export const testedOnce = {
	headers: { Accept: 'application/json' },
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
	timeout: 30_000,
};

/** n8n fails the test where the field of the answer has the value. A page is a string. */
export function failsWhere(key: string, value: unknown, message: string): Rule {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}

/** Fails the test for a page in place of data. */
export function failsForPages(message: string): Rule {
	return failsWhere('constructor.name', 'String', message);
}

/** Fails the test where one of the fields is 0, as a number or as a text. */
export function failsForZero(keys: string[], message: string): Rule[] {
	return keys.flatMap((key) => [0, '0'].map((value) => failsWhere(key, value, message)));
}
