export interface MailboxRow {
  id: number;
  active: boolean;
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  username: string;
  folder: string;
  password_sealed: string;
  archive_address: string;
  aliases: string[];
  after_archiving: 'move' | 'delete' | 'seen';
  after_folder: string | null;
  existing: 'archive' | 'skip';
  skip_uidvalidity: number | null;
  skip_through_uid: number | null;
  poll_seconds: number;
  /** A larger message is left on the server; 1 to MOST_MESSAGE_MB. */
  max_message_mb: number;
  /** Switched off, it stays the archive mailbox, but nobody looks into it. */
  enabled: boolean;
  backlog_total: number;
  backlog_left: number;
  backlog_since: Date | null;
  backlog_at: Date | null;
  uidvalidity: number | null;
  cursor_uid: number;
  epoch: number;
  set_up_at: Date;
  last_poll_at: Date | null;
  last_success_at: Date | null;
  problem: string | null;
  problem_since: Date | null;
  failures: number;
  next_try_at: Date | null;
}
