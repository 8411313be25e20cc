/** The languages in which the stand-in asks people to log in. */
export type Language = 'en' | 'de' | 'ja';

/** Why a request is refused: the keys of the messages of the login page. */
export type RefusalReason = keyof typeof MESSAGES;

/** The messages of the login page, by their keys. */
export const MESSAGES = {
	no_credentials: '',
	invalid_login: 'The login is invalid.',
	invalid_username: 'The submitted username is invalid.',
	no_username: 'You must enter a username to log in.',
	logout: 'You have logged out.',
	invalid_session: 'Your session cookie is invalid. Please log in again.',
	expired_session: 'Your session has expired. Please log in again.',
	changed_ip: 'Your IP address has changed. Please log in again.',
	prevented_xfer: 'The session could not be transferred because it was not secure.',
	token_missing: 'The security token is missing from your request.',
	token_incorrect: 'The security token in your request is invalid.',
	two_factor_missing: 'Two-factor authentication is on: enter the security code.',
	two_factor_wrong: 'The security code is invalid.',
	locked:
		'This account is locked out because a brute force attempt was detected. ' +
		'Please wait some minutes and try again.',
} as const;

type Messages = Record<RefusalReason, string>;

/** The same messages in every language. */
export const MESSAGES_IN: Record<Language, Messages> = {
	en: MESSAGES,
	de: {
		no_credentials: '',
		invalid_login: 'Die Anmeldung ist ungültig.',
		invalid_username: 'Der angegebene Benutzername ist ungültig.',
		no_username: 'Geben Sie einen Benutzernamen ein, um sich anzumelden.',
		logout: 'Sie haben sich abgemeldet.',
		invalid_session: 'Ihr Sitzungscookie ist ungültig. Melden Sie sich erneut an.',
		expired_session: 'Ihre Sitzung ist abgelaufen. Melden Sie sich erneut an.',
		changed_ip: 'Ihre IP-Adresse hat sich geändert. Melden Sie sich erneut an.',
		prevented_xfer: 'Die Sitzung konnte nicht übertragen werden, da sie nicht sicher war.',
		token_missing: 'In Ihrer Anforderung fehlt das Sicherheitstoken.',
		token_incorrect: 'Das Sicherheitstoken in Ihrer Anforderung ist ungültig.',
		two_factor_missing: 'Geben Sie den Sicherheitscode aus Ihrer App ein.',
		two_factor_wrong: 'Der Sicherheitscode ist ungültig.',
		locked: 'Dieses Konto ist nach zu vielen Versuchen vorübergehend gesperrt.',
	},
	ja: {
		no_credentials: '',
		invalid_login: 'ログインが無効です。',
		invalid_username: '送信されたユーザー名が無効です。',
		no_username: 'ログインするにはユーザー名を入力してください。',
		logout: 'ログアウトしました。',
		invalid_session: 'セッション Cookie が無効です。もう一度ログインしてください。',
		expired_session: 'セッションの有効期限が切れました。もう一度ログインしてください。',
		changed_ip: 'IP アドレスが変更されました。もう一度ログインしてください。',
		prevented_xfer: '安全でないため、セッションを転送できませんでした。',
		token_missing: 'リクエストにセキュリティ トークンがありません。',
		token_incorrect: 'リクエストのセキュリティ トークンが無効です。',
		two_factor_missing: '認証アプリに表示されるコードを入力してください。',
		two_factor_wrong: 'コードが無効です。',
		locked: '試行回数が多すぎるため、このアカウントは一時的に使用できません。',
	},
};

/** The other words of those pages. */
export const WORDS: Record<
	Language,
	{ login: string; logIn: string; invalidToken: string; secondFactor: string }
> = {
	en: {
		login: 'Login',
		logIn: 'Log in',
		invalidToken: 'Invalid Security Token',
		secondFactor: 'Two-Factor Authentication',
	},
	de: {
		login: '– Anmelden',
		logIn: 'Anmelden',
		invalidToken: 'Ungültiges Sicherheitstoken',
		secondFactor: 'Zweistufige Anmeldung',
	},
	ja: {
		login: 'ログイン',
		logIn: 'ログイン',
		invalidToken: '無効なセキュリティ トークン',
		secondFactor: '二要素認証',
	},
};
