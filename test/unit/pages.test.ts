import {
	findingIn,
	loginForm,
	looksLikeHtml,
	recognizePage,
} from '../../nodes/shared/cpanel/response/pages';
import type { PageKind } from '../../nodes/shared/cpanel/response/pages';
import { MESSAGES, invalidTokenPage, loginPage, secondFactorPage } from '../cpsrvd/pages';
import { growth, IN_PROPORTION } from './growth';

const LICENSE = '<html><body><h1>License is expired</h1></body></html>';

describe('a page in place of an answer', () => {
	it.each([
		['<!DOCTYPE html>', true],
		['\r\n <html>', true],
		['\uFEFF<html>', true],
		['<?xml version="1.0"?>', true],
		['{"a":"<html>"}', false],
		['Internal error <html>', false],
		['', false],
	])('begins like %j: %p', (body, is) => {
		expect(looksLikeHtml(body)).toBe(is);
	});

	it.each<[string, string, PageKind]>([
		['a login page', loginPage('cpanel', ''), 'login'],
		['a refused login', loginPage('webmail', MESSAGES.invalid_login), 'login'],
		['an unknown session', loginPage('webmail', MESSAGES.invalid_session), 'invalidSession'],
		['an expired session', loginPage('webmail', MESSAGES.expired_session), 'expiredSession'],
		['a different address', loginPage('webmail', MESSAGES.changed_ip), 'changedAddress'],
		['a missing token', invalidTokenPage(MESSAGES.token_missing), 'securityToken'],
		['a wrong token', invalidTokenPage(MESSAGES.token_incorrect), 'securityToken'],
		['a missing code', loginPage('cpanel', MESSAGES.two_factor_missing), 'twoFactor'],
		['a wrong code', loginPage('cpanel', MESSAGES.two_factor_wrong), 'twoFactor'],
		['a form for a code', secondFactorPage('cpanel', 'en'), 'twoFactor'],
		['a form for a code in German', secondFactorPage('webmail', 'de'), 'twoFactor'],
		['a form for a code in Japanese', secondFactorPage('whm', 'ja'), 'twoFactor'],
		['a form for a code without quotes', '<FORM METHOD=post ID=tfa_login_form>', 'twoFactor'],
		['a text about that form', '<p>id="tfa_login_form"</p>', 'other'],
		['a lock', loginPage('cpanel', MESSAGES.locked), 'locked'],
		['an expired license', LICENSE, 'license'],
		['a British license', '<p>Your licence has expired.', 'license'],
		['an invalid license', '<p>Invalid license file', 'license'],
		['another page', '<h1>It works!</h1>', 'other'],
		['no page', 'It works!', 'other'],
		['nothing', '', 'other'],
		['a login page in another language', '<form><input name="user"><input name=\'pass\'>', 'login'],
		['a login page without quotes', '<INPUT TYPE=password NAME=pass>', 'login'],
		['a login page by its title', '<title>Webmail Login</title><div id="app">', 'login'],
		['a form for something else', '<input name="passage">', 'other'],
		[
			'a login page that mentions its license',
			`${loginPage('cpanel', 'The login is invalid.')}License`,
			'login',
		],
		['a page that mentions a license', '<p>License</p><p>All about licenses', 'other'],
	])('is recognized: %s', (_case, html, kind) => {
		expect(recognizePage(html)).toBe(kind);
	});

	it.each([
		['a script', `<script>var m="${MESSAGES.locked}"</script>`],
		['a style', `<style>/* ${MESSAGES.locked} */</style >`],
		['a comment', `<!-- ${MESSAGES.locked} -->`],
		['a template', `<template>${MESSAGES.locked}</template>`],
		['what shows without scripts only', `<noscript>${MESSAGES.locked}</noscript>`],
		['a tag', `<div data-message="${MESSAGES.locked}"></div>`],
		['a script that is not closed', `<script>var m="${MESSAGES.locked}"`],
		['a comment that is not closed', `<!-- ${MESSAGES.locked}`],
	])('is not recognized by %s', (_case, hidden) => {
		expect(recognizePage(`<html>${hidden}`)).toBe('other');
	});

	it.each([
		['<p>Bruteforce', 'locked'],
		['<p>Brute force', 'locked'],
		['<p>Locked out', 'locked'],
		['<p>Expired license', 'license'],
		['<p>This is an invalid cPanel license', 'license'],
		['<p>Se<b>curity to</b>ken', 'other'],
		['<p>Brute<!-- -->force', 'locked'],
		['<p>Brutef<!-- -->orce', 'other'],
		['<p>Brutef<script></script>orce', 'other'],
		['<p>x<script>y</script >Brute force', 'locked'],
	])('is recognized by its words: %s', (html, kind) => {
		expect(recognizePage(html)).toBe(kind);
	});

	it.each<[string, 'sure' | 'likely' | undefined]>([
		['<title>cPanel Login</title>', 'sure'],
		['<title>Example Hosting: WHM Login</title>', 'sure'],
		['<form id="tfa_login_form">', 'sure'],
		['<form action="/login/"><input name="user"><input name="pass">', 'sure'],
		['<input name="user"><input name="pass"><input name="goto_uri">', 'sure'],
		['<input name="user"><input name="pass"><p id="login-status-message">', 'sure'],
		['<input name="user"><input name="pass">', 'likely'],
		['<input name="pass">', 'likely'],
		['<input name="email"><input name="pass">', undefined],
		['<form action="/login/"><input name="pass">', 'likely'],
		['<form action="/login/"><input name="user">', undefined],
		['<script><input name="pass"></script>', undefined],
		['', undefined],
	])('is one to log in with, or may be: %s', (html, form) => {
		expect(loginForm(html)).toBe(form);
	});

	it.each([
		['Bruteforce attempt', 'locked'],
		['You are locked out', 'locked'],
		['Enter your 2FA code', 'twoFactor'],
		['Anything else', undefined],
	])('may be words alone: %s', (words, finding) => expect(findingIn(words)).toBe(finding));

	it('is recognized by a message that markup divides', () => {
		expect(recognizePage('<p>Your session\n cookie <b>is invalid</b>.')).toBe('invalidSession');
	});

	it.each([
		['<'],
		['<!--'],
		['<script'],
		['<script>'],
		['<style></style'],
		['</script     '],
		['<input '],
		['<input name='],
		['<title>'],
		['<title>cPanel '],
		['license '],
		['invalid '],
		['<a '],
		[' '],
		['"'],
	])('takes a time in proportion to its length, even if it is made of %j', (piece) => {
		const recognize = (length: number) => recognizePage(`<${piece.repeat(length / piece.length)}`);
		expect(growth(recognize)).toBeLessThan(IN_PROPORTION);
	});
});
