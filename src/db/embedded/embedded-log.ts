import type { Logger } from 'pino';

/** What the embedded server tells its administrator; never its password. */
export type EmbeddedLog = Pick<Logger, 'info' | 'warn' | 'error'>;
