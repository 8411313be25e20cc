/** Every text that somebody who opens a page reads, in one language. `{until}` and `{code}` are filled in. */
export interface Texts {
	/** Heading of the page with the button of an access link. */
	title: string;
	/** What that page says, above its button. */
	text: string;
	/** What the page of Create Page says: there, a session waits already. */
	ready: string;
	button: string;
	/** Until when an access link is good; `{until}` is a date with its time. */
	until: string;
	expiredTitle: string;
	expired: string;
	/** A link that was cut off, altered or forged: nobody is told which. */
	invalidTitle: string;
	invalid: string;
	/** A link that its makers do not serve any more. */
	withdrawnTitle: string;
	withdrawn: string;
	tooManyTitle: string;
	tooMany: string;
	/** cPanel, or what is between it and n8n, does not do its part at the moment. */
	unavailableTitle: string;
	unavailable: string;
	/** The code by which whoever helps finds what happened. */
	code: string;
}

/** The languages by their codes, each with its own name for itself. */
export const LANGUAGE_NAMES = {
	en: 'English',
	de: 'Deutsch',
	es: 'Español',
	fr: 'Français',
	pt: 'Português',
	nl: 'Nederlands',
	it: 'Italiano',
	pl: 'Polski',
	tr: 'Türkçe',
	ar: 'العربية',
	ja: '日本語',
} as const;

export type LanguageCode = keyof typeof LANGUAGE_NAMES;

/** Those that are written from right to left. */
export const RIGHT_TO_LEFT: readonly LanguageCode[] = ['ar'];

export const TEXTS: Record<LanguageCode, Texts> = {
	en: {
		title: 'Open your mailbox',
		text: 'The button takes you to your mailbox, without a password.',
		ready: 'Your mailbox is ready.',
		button: 'Open Webmail',
		until: 'This link works until {until}.',
		expiredTitle: 'This link has expired',
		expired: 'It worked until {until}. Please ask the sender for a new one.',
		invalidTitle: 'This link does not work',
		invalid:
			'It is incomplete or was changed on the way. Open it again from the original message, or ask the sender for a new one.',
		withdrawnTitle: 'This link is no longer accepted',
		withdrawn: 'Please ask the sender for a new one.',
		tooManyTitle: 'Please wait a moment',
		tooMany: 'This link was opened too often in a short time. Try again in a few minutes.',
		unavailableTitle: 'Your mailbox cannot be opened right now',
		unavailable:
			'Please try again in a few minutes. If it still does not work, tell the person who sent the link.',
		code: 'Code for the person who helps you: {code}',
	},
	de: {
		title: 'Ihr Postfach öffnen',
		text: 'Die Schaltfläche führt Sie ohne Passwort in Ihr Postfach.',
		ready: 'Ihr Postfach ist bereit.',
		button: 'Webmail öffnen',
		until: 'Dieser Link funktioniert bis {until}.',
		expiredTitle: 'Dieser Link ist abgelaufen',
		expired:
			'Er funktionierte bis {until}. Bitte lassen Sie sich vom Absender einen neuen schicken.',
		invalidTitle: 'Dieser Link funktioniert nicht',
		invalid:
			'Er ist unvollständig oder wurde unterwegs verändert. Öffnen Sie ihn noch einmal aus der ursprünglichen Nachricht, oder lassen Sie sich vom Absender einen neuen schicken.',
		withdrawnTitle: 'Dieser Link wird nicht mehr angenommen',
		withdrawn: 'Bitte lassen Sie sich vom Absender einen neuen schicken.',
		tooManyTitle: 'Bitte warten Sie einen Moment',
		tooMany:
			'Dieser Link wurde in kurzer Zeit zu oft geöffnet. Versuchen Sie es in einigen Minuten noch einmal.',
		unavailableTitle: 'Ihr Postfach lässt sich gerade nicht öffnen',
		unavailable:
			'Bitte versuchen Sie es in einigen Minuten noch einmal. Wenn es dann nicht geht, sagen Sie dem Absender des Links Bescheid.',
		code: 'Code für die Person, die Ihnen hilft: {code}',
	},
	es: {
		title: 'Abrir su buzón',
		text: 'El botón le lleva a su buzón, sin contraseña.',
		ready: 'Su buzón está listo.',
		button: 'Abrir Webmail',
		until: 'Este enlace funciona hasta el {until}.',
		expiredTitle: 'Este enlace ha caducado',
		expired: 'Funcionó hasta el {until}. Pida uno nuevo a quien se lo envió.',
		invalidTitle: 'Este enlace no funciona',
		invalid:
			'Está incompleto o se modificó por el camino. Ábralo de nuevo desde el mensaje original o pida uno nuevo a quien se lo envió.',
		withdrawnTitle: 'Este enlace ya no se acepta',
		withdrawn: 'Pida uno nuevo a quien se lo envió.',
		tooManyTitle: 'Espere un momento',
		tooMany:
			'Este enlace se ha abierto demasiadas veces en poco tiempo. Vuelva a intentarlo dentro de unos minutos.',
		unavailableTitle: 'Ahora no se puede abrir su buzón',
		unavailable:
			'Vuelva a intentarlo dentro de unos minutos. Si sigue sin funcionar, avise a quien le envió el enlace.',
		code: 'Código para quien le ayude: {code}',
	},
	fr: {
		title: 'Ouvrir votre boîte aux lettres',
		text: 'Le bouton vous mène à votre boîte aux lettres, sans mot de passe.',
		ready: 'Votre boîte aux lettres est prête.',
		button: 'Ouvrir le webmail',
		until: 'Ce lien fonctionne jusqu’au {until}.',
		expiredTitle: 'Ce lien a expiré',
		expired:
			'Il a fonctionné jusqu’au {until}. Demandez-en un nouveau à la personne qui vous l’a envoyé.',
		invalidTitle: 'Ce lien ne fonctionne pas',
		invalid:
			'Il est incomplet ou a été modifié en chemin. Ouvrez-le à nouveau depuis le message d’origine, ou demandez-en un nouveau à la personne qui vous l’a envoyé.',
		withdrawnTitle: 'Ce lien n’est plus accepté',
		withdrawn: 'Demandez-en un nouveau à la personne qui vous l’a envoyé.',
		tooManyTitle: 'Veuillez patienter un instant',
		tooMany: 'Ce lien a été ouvert trop souvent en peu de temps. Réessayez dans quelques minutes.',
		unavailableTitle: 'Votre boîte aux lettres ne peut pas être ouverte pour le moment',
		unavailable:
			'Réessayez dans quelques minutes. Si cela ne fonctionne toujours pas, prévenez la personne qui vous a envoyé le lien.',
		code: 'Code pour la personne qui vous aide : {code}',
	},
	pt: {
		title: 'Abrir a sua caixa de correio',
		text: 'O botão leva à sua caixa de correio, sem palavra-passe.',
		ready: 'A sua caixa de correio está pronta.',
		button: 'Abrir o Webmail',
		until: 'Este link funciona até {until}.',
		expiredTitle: 'Este link expirou',
		expired: 'Funcionou até {until}. Peça um novo a quem o enviou.',
		invalidTitle: 'Este link não funciona',
		invalid:
			'Está incompleto ou foi alterado pelo caminho. Abra-o novamente a partir da mensagem original ou peça um novo a quem o enviou.',
		withdrawnTitle: 'Este link já não é aceite',
		withdrawn: 'Peça um novo a quem o enviou.',
		tooManyTitle: 'Aguarde um momento',
		tooMany:
			'Este link foi aberto demasiadas vezes em pouco tempo. Tente novamente dentro de alguns minutos.',
		unavailableTitle: 'Não é possível abrir a sua caixa de correio neste momento',
		unavailable:
			'Tente novamente dentro de alguns minutos. Se continuar a não funcionar, avise quem enviou o link.',
		code: 'Código para quem o ajudar: {code}',
	},
	nl: {
		title: 'Uw mailbox openen',
		text: 'De knop brengt u zonder wachtwoord naar uw mailbox.',
		ready: 'Uw mailbox staat klaar.',
		button: 'Webmail openen',
		until: 'Deze link werkt tot {until}.',
		expiredTitle: 'Deze link is verlopen',
		expired: 'Hij werkte tot {until}. Vraag de afzender om een nieuwe.',
		invalidTitle: 'Deze link werkt niet',
		invalid:
			'Hij is onvolledig of onderweg veranderd. Open hem nog eens vanuit het oorspronkelijke bericht, of vraag de afzender om een nieuwe.',
		withdrawnTitle: 'Deze link wordt niet meer geaccepteerd',
		withdrawn: 'Vraag de afzender om een nieuwe.',
		tooManyTitle: 'Een ogenblik geduld',
		tooMany:
			'Deze link is in korte tijd te vaak geopend. Probeer het over een paar minuten opnieuw.',
		unavailableTitle: 'Uw mailbox kan op dit moment niet worden geopend',
		unavailable:
			'Probeer het over een paar minuten opnieuw. Werkt het dan nog niet, laat het de afzender van de link weten.',
		code: 'Code voor wie u helpt: {code}',
	},
	it: {
		title: 'Apri la tua casella di posta',
		text: 'Il pulsante ti porta alla tua casella di posta, senza password.',
		ready: 'La tua casella di posta è pronta.',
		button: 'Apri la webmail',
		until: 'Questo link funziona fino al {until}.',
		expiredTitle: 'Questo link è scaduto',
		expired: 'Ha funzionato fino al {until}. Chiedine uno nuovo a chi te lo ha inviato.',
		invalidTitle: 'Questo link non funziona',
		invalid:
			'È incompleto o è stato modificato lungo il percorso. Aprilo di nuovo dal messaggio originale oppure chiedine uno nuovo a chi te lo ha inviato.',
		withdrawnTitle: 'Questo link non è più accettato',
		withdrawn: 'Chiedine uno nuovo a chi te lo ha inviato.',
		tooManyTitle: 'Attendi un momento',
		tooMany: 'Questo link è stato aperto troppe volte in poco tempo. Riprova tra qualche minuto.',
		unavailableTitle: 'Al momento non è possibile aprire la tua casella di posta',
		unavailable:
			'Riprova tra qualche minuto. Se ancora non funziona, avvisa chi ti ha inviato il link.',
		code: 'Codice per chi ti aiuta: {code}',
	},
	pl: {
		title: 'Otwórz swoją skrzynkę',
		text: 'Przycisk prowadzi do Twojej skrzynki, bez hasła.',
		ready: 'Twoja skrzynka jest gotowa.',
		button: 'Otwórz pocztę',
		until: 'Ten link działa do: {until}.',
		expiredTitle: 'Ten link wygasł',
		expired: 'Działał do: {until}. Poproś nadawcę o nowy.',
		invalidTitle: 'Ten link nie działa',
		invalid:
			'Jest niekompletny albo został po drodze zmieniony. Otwórz go jeszcze raz z pierwotnej wiadomości lub poproś nadawcę o nowy.',
		withdrawnTitle: 'Ten link nie jest już przyjmowany',
		withdrawn: 'Poproś nadawcę o nowy.',
		tooManyTitle: 'Proszę chwilę poczekać',
		tooMany: 'Ten link otwarto zbyt wiele razy w krótkim czasie. Spróbuj ponownie za kilka minut.',
		unavailableTitle: 'Twojej skrzynki nie można teraz otworzyć',
		unavailable: 'Spróbuj ponownie za kilka minut. Jeśli nadal nie działa, powiadom nadawcę linku.',
		code: 'Kod dla osoby, która Ci pomaga: {code}',
	},
	tr: {
		title: 'Posta kutunuzu açın',
		text: 'Düğme sizi parola olmadan posta kutunuza götürür.',
		ready: 'Posta kutunuz hazır.',
		button: 'Webmail’i aç',
		until: 'Bu bağlantı şu zamana kadar çalışır: {until}.',
		expiredTitle: 'Bu bağlantının süresi doldu',
		expired: 'Şu zamana kadar çalışıyordu: {until}. Gönderenden yeni bir bağlantı isteyin.',
		invalidTitle: 'Bu bağlantı çalışmıyor',
		invalid:
			'Eksik ya da yolda değiştirilmiş. Asıl iletiden yeniden açın veya gönderenden yeni bir bağlantı isteyin.',
		withdrawnTitle: 'Bu bağlantı artık kabul edilmiyor',
		withdrawn: 'Gönderenden yeni bir bağlantı isteyin.',
		tooManyTitle: 'Lütfen biraz bekleyin',
		tooMany: 'Bu bağlantı kısa sürede çok fazla açıldı. Birkaç dakika sonra yeniden deneyin.',
		unavailableTitle: 'Posta kutunuz şu anda açılamıyor',
		unavailable:
			'Birkaç dakika sonra yeniden deneyin. Yine çalışmazsa bağlantıyı gönderene haber verin.',
		code: 'Size yardım edecek kişi için kod: {code}',
	},
	ar: {
		title: 'افتح صندوق بريدك',
		text: 'ينقلك الزر إلى صندوق بريدك من دون كلمة مرور.',
		ready: 'صندوق بريدك جاهز.',
		button: 'فتح بريد الويب',
		until: 'يعمل هذا الرابط حتى {until}.',
		expiredTitle: 'انتهت صلاحية هذا الرابط',
		expired: 'كان يعمل حتى {until}. يُرجى طلب رابط جديد ممن أرسله إليك.',
		invalidTitle: 'هذا الرابط لا يعمل',
		invalid:
			'الرابط غير مكتمل أو تغيّر في الطريق. افتحه مرة أخرى من الرسالة الأصلية، أو اطلب رابطًا جديدًا ممن أرسله إليك.',
		withdrawnTitle: 'لم يعد هذا الرابط مقبولًا',
		withdrawn: 'يُرجى طلب رابط جديد ممن أرسله إليك.',
		tooManyTitle: 'يُرجى الانتظار قليلًا',
		tooMany: 'فُتح هذا الرابط مرات كثيرة في وقت قصير. حاول مجددًا بعد بضع دقائق.',
		unavailableTitle: 'لا يمكن فتح صندوق بريدك الآن',
		unavailable: 'حاول مجددًا بعد بضع دقائق. إذا استمرت المشكلة فأخبر من أرسل الرابط إليك.',
		code: 'رمز لمن يساعدك: {code}',
	},
	ja: {
		title: 'メールボックスを開く',
		text: 'ボタンを押すと、パスワードなしでメールボックスが開きます。',
		ready: 'メールボックスの準備ができました。',
		button: 'ウェブメールを開く',
		until: 'このリンクの有効期限：{until}',
		expiredTitle: 'このリンクは期限が切れています',
		expired: '有効期限：{until}。新しいリンクを送信者に依頼してください。',
		invalidTitle: 'このリンクは使えません',
		invalid:
			'リンクが不完全か、途中で変更されています。元のメッセージからもう一度開くか、新しいリンクを送信者に依頼してください。',
		withdrawnTitle: 'このリンクは使えなくなりました',
		withdrawn: '新しいリンクを送信者に依頼してください。',
		tooManyTitle: 'しばらくお待ちください',
		tooMany: '短い時間に何度も開かれました。数分後にもう一度お試しください。',
		unavailableTitle: '現在メールボックスを開けません',
		unavailable:
			'数分後にもう一度お試しください。それでも開けない場合は、リンクの送信者にお知らせください。',
		code: 'お問い合わせ用コード：{code}',
	},
};
