/** What the queues tell the log. Plain sentences only: errors of Redis carry its password along. */
export interface QueueLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
