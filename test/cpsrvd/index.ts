export { startCpsrvd } from './server';
export type { Cpsrvd, CpsrvdOptions } from './server';
export { SEED } from './accounts';
export type { Account, AccountSeed, Mailbox } from './accounts';
export type { Clock } from './clock';
export type { Journal, JournalEntry } from './journal';
export type { Session } from './sessions';
export type { State } from './state';
export type { RedirectStatus, Switches } from './switches';
