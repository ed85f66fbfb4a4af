/** What the SQL of the product and its tests are made for. */
const OLDEST = 16;

/** What keeps us from using a server of that version (as in "15.9 (Debian 15.9-0)"); null: nothing does. */
export function serverProblem(version: string): string | null {
  if (Number.parseInt(version, 10) >= OLDEST) return null;
  return (
    `Letterbook needs PostgreSQL ${OLDEST} or later, and DATABASE_URL leads to ${version}: ` +
    'upgrade that server, or leave DATABASE_URL out to run a PostgreSQL of its own.'
  );
}
