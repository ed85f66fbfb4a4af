import { startDovecot, type DovecotOptions } from '../../support/dovecot.ts';
import { mailboxContract } from './mailbox-contract.ts';

const dovecot = (options: DovecotOptions) => () => startDovecot(options);

mailboxContract('Dovecot', dovecot({}), { move: true, uidplus: true, idle: true });

mailboxContract('Dovecot without MOVE and IDLE', dovecot({ hide: ['MOVE', 'IDLE'] }), {
  move: false,
  uidplus: true,
  idle: false,
});

mailboxContract(
  'Dovecot without MOVE and UIDPLUS',
  dovecot({ hide: ['MOVE', 'UIDPLUS'], separator: '.' }),
  { move: false, uidplus: false, idle: true },
);
