/**
 * SQL for what PostgreSQL makes of the subject and the text that an email is found by. "simple": mail is in any
 * language. The subject by itself and first: others of its conversation are found by the row of its words, and
 * a vector knows the places of the first few only.
 */
export function searchVector(subject: string, text: string): string {
  const config = `'simple'::regconfig`;
  return `to_tsvector(${config}, left(${subject}, 1000)) || to_tsvector(${config}, ${text})`;
}
