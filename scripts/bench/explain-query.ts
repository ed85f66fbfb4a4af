import type pg from 'pg';

/** What one statement cost the database. */
export interface QueryCost {
  readonly sql: string;
  /** Pages of 8 kB that were looked at, in memory or not. */
  readonly buffers: number;
  /** Rows that scans read, those included that a filter threw away. */
  readonly rows: number;
  readonly ms: number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

export interface Statement {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** Runs statements once more under EXPLAIN, one after the other, and takes back what they did. */
export async function explainAll(
  client: pg.Client,
  statements: readonly Statement[],
): Promise<QueryCost[]> {
  const costs: QueryCost[] = [];
  await client.query('begin');
  try {
    for (const statement of statements) costs.push(await explain(client, statement));
  } finally {
    await client.query('rollback');
  }
  return costs;
}

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: PlanNode; readonly 'Execution Time': number }];
}

async function explain(client: pg.Client, { sql, bindings }: Statement): Promise<QueryCost> {
  const asked = `explain (analyze, buffers, format json) ${sql}`;
  const { rows } = await client.query<Explained>(asked, [...bindings]);
  const [plan] = rows[0]?.['QUERY PLAN'] ?? [];
  if (!plan) throw new Error('EXPLAIN gave no plan.');
  const { Plan: top, 'Execution Time': ms } = plan;
  const buffers = top['Shared Hit Blocks'] + top['Shared Read Blocks'];
  return { sql, buffers, rows: rowsRead(top), ms };
}

function rowsRead(node: PlanNode): number {
  const inner = (node.Plans ?? []).reduce((sum, one) => sum + rowsRead(one), 0);
  if (!node['Node Type'].endsWith('Scan')) return inner;
  const each =
    node['Actual Rows'] +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0);
  return inner + Math.round(each * node['Actual Loops']);
}
