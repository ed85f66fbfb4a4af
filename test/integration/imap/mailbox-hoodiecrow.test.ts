import { startHoodiecrow } from '../../support/hoodiecrow.ts';
import { mailboxContract } from './mailbox-contract.ts';

mailboxContract('hoodiecrow', () => startHoodiecrow(), { move: true, uidplus: true, idle: true });

mailboxContract('hoodiecrow without extensions', () => startHoodiecrow({ plugins: [] }), {
  move: false,
  uidplus: false,
  idle: false,
});
