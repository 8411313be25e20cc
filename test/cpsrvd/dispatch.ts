import { html, oldDenial, type Answer } from './answer';
import { execute } from './execute';
import type { Exchange } from './exchange';
import { admitByCookie } from './gate';
import { login, logout } from './login';
import { landingPage } from './pages';
import { askForSecondFactor, Denial, Refusal, refuse, SecondFactorWanted } from './refusal';
import { ownerOf } from './sessions';
import { whm } from './whm';

/** The answer to a request, whatever it asks for. */
export function answerTo(exchange: Exchange): Answer {
	try {
		return serve(exchange);
	} catch (error) {
		if (error instanceof Refusal) return refuse(exchange, error.reason);
		if (error instanceof SecondFactorWanted) return askForSecondFactor(exchange);
		if (error instanceof Denial) return oldDenial(error.message, 403);
		throw error;
	}
}

function serve(exchange: Exchange): Answer {
	const { target } = exchange;
	switch (target.kind) {
		case 'execute':
			return execute(exchange, target.module, target.name);
		case 'whm':
			return whm(exchange, target.name);
		case 'login':
			return login(exchange);
		case 'logout':
			return logout(exchange);
		case 'page':
			return page(exchange);
	}
}

/** Any other path of a session shows whose session it is. */
function page(exchange: Exchange): Answer {
	const { session } = admitByCookie(exchange);
	return html(landingPage(exchange.entry.port, ownerOf(session), session.locale));
}
