import { fieldName } from './raw-mail.ts';

export type Canonicalization = 'simple' | 'relaxed';

/** RFC 6376 sections 3.4.1 and 3.4.2, without the CRLF at the end. */
export function canonicalField(field: string, how: Canonicalization): string {
  if (how === 'simple') return field;
  const value = field.slice(field.indexOf(':') + 1).replace(/\r\n/g, '');
  return `${fieldName(field)}:${value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '')}`;
}

/** RFC 6376 sections 3.4.3 and 3.4.4. */
export function canonicalBody(body: string, how: Canonicalization): string {
  const lines = how === 'simple' ? body : body.replace(/[ \t]+/g, ' ').replace(/ (?=\r\n)| $/g, '');
  const text = lines.replace(/(?:\r\n)+$/, '');
  if (text === '') return how === 'simple' ? '\r\n' : '';
  return `${text}\r\n`;
}

/** RFC 6376 section 5.4.2: of fields that occur more than once the lowest is taken first. */
export function chosenFields(fields: readonly string[], names: readonly string[]): string[] {
  const left = [...fields];
  return names.flatMap((name) => {
    const at = left.findLastIndex((field) => fieldName(field) === name.toLowerCase());
    return at < 0 ? [] : left.splice(at, 1);
  });
}
