import { Accounts } from './accounts';
import { AdjustableClock } from './clock';
import { Lockout } from './lockout';
import { Sessions } from './sessions';

/** Everything the server knows, shared by all listeners. */
export class State {
	readonly clock = new AdjustableClock();
	readonly accounts = new Accounts();
	readonly sessions = new Sessions(this.clock);
	readonly lockout = new Lockout(this.clock);
	/** Where the services listen, for addresses that WHM gives out. */
	readonly ports = { cpanel: 2083, webmail: 2096 };

	constructor() {
		this.accounts.reset();
	}

	/** Back to what a new server knows. */
	reset(): void {
		this.clock.reset();
		this.accounts.reset();
		this.sessions.reset();
		this.lockout.reset();
	}
}
