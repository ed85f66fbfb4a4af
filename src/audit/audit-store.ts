import type { Knex } from 'knex';

/** The thing, a dot, and what happened to it: "user.created". */
export type AuditAction = `${string}.${string}`;

/** Notes what an administrator changed. `detail` holds no secrets. The actor of a command is null. */
export async function recordAudit(
  trx: Knex.Transaction,
  action: AuditAction,
  detail: Readonly<Record<string, unknown>>,
  actorId: number | null = null,
): Promise<void> {
  await trx('audit_log').insert({ actor_id: actorId, action, detail: JSON.stringify(detail) });
}
