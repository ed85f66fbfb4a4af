/** What one method found (RFC 8601 section 2.2: methodspec with its properties). */
export interface MethodResult {
  /** In lower case: dkim, spf, dmarc, arc ... */
  readonly method: string;
  /** In lower case: pass, fail, none ... */
  readonly result: string;
  /** By name in lower case ("header.from"); each value as often as it stands there. */
  readonly properties: ReadonlyMap<string, readonly string[]>;
  /** The rest of it could not be read: no pass may be built on it. */
  readonly odd: boolean;
}

export interface AuthenticationResults {
  /** In lower case; null where the first thing is a result, as Microsoft 365 writes it. */
  readonly authservId: string | null;
  readonly results: readonly MethodResult[];
}

/** No server writes more; a longer field is not believed. */
const MAX_LENGTH = 20_000;
const ID = /^([^\s=;]+)(?:\s+(\d+))?$/;
const METHOD = /^([a-z][\w-]*)\s*(?:\/\s*\d+\s*)?=\s*([a-z]+)(?=\s|$)/i;
const PROPERTY = /\s+([a-z][\w-]*(?:\s*\.\s*[\w-]+)?)\s*=\s*([^\s=]\S*)/iy;
/** Characters within quotes are moved out of the way of the grammar, and back at the end. */
const QUOTED = 0xe000;

/**
 * Reads the value of an Authentication-Results field by the grammar of RFC 8601 section 2.2: comments
 * nest and count for nothing, what stands in quotes is a value and nothing else.
 *
 * @param raw the value, folded or not, a character for each byte
 * @returns null where it is none: a comment or quotes left open, control characters, an unknown version
 */
export function readAuthenticationResults(raw: string): AuthenticationResults | null {
  if (raw.length > MAX_LENGTH) return null;
  const plain = withoutComments(raw);
  if (plain === null) return null;
  const [first = '', ...others] = plain.split(';').map((text) => text.trim());
  const id = ID.exec(first);
  if (!id) return first.includes('=') ? collect(null, [first, ...others]) : null;
  if (id[2] !== undefined && id[2] !== '1') return null;
  return collect(unquoted(id[1] ?? '').toLowerCase(), others);
}

function collect(authservId: string | null, segments: readonly string[]): AuthenticationResults {
  return { authservId, results: segments.flatMap(readMethod) };
}

function readMethod(segment: string): MethodResult[] {
  const found = METHOD.exec(segment);
  if (!found) return [];
  const [whole, method = '', result = ''] = found;
  const properties = new Map<string, string[]>();
  let at = whole.length;
  for (;;) {
    PROPERTY.lastIndex = at;
    const [text, name = '', value = ''] = PROPERTY.exec(segment) ?? [];
    if (text === undefined) break;
    at += text.length;
    const key = unquoted(name).replace(/\s/g, '').toLowerCase();
    const values = properties.get(key);
    if (values) values.push(unquoted(value));
    else properties.set(key, [unquoted(value)]);
  }
  const odd = segment.slice(at).trim() !== '';
  return [{ method: method.toLowerCase(), result: result.toLowerCase(), properties, odd }];
}

/** Comments become a blank; null where something is left open or is no text. */
function withoutComments(raw: string): string | null {
  let plain = '';
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < raw.length; at += 1) {
    let char = raw.charAt(at);
    if (!/[\t\r\n\x20-\x7e\x80-\xff]/.test(char)) return null;
    const escaped = char === '\\' && (quoted || depth > 0);
    if (escaped) char = raw.charAt((at += 1));
    if (depth > 0) {
      if (!escaped && char === '(') depth += 1;
      if (!escaped && char === ')') depth -= 1;
      if (depth === 0) plain += ' ';
    } else if (quoted) {
      if (char === '"' && !escaped) quoted = false;
      else plain += String.fromCharCode(QUOTED + char.charCodeAt(0));
    } else if (char === '"') quoted = true;
    else if (char === '(') depth = 1;
    else plain += char;
  }
  return depth > 0 || quoted ? null : plain;
}

function unquoted(text: string): string {
  return text.replace(/[\ue000-\ue0ff]/g, (char) =>
    String.fromCharCode(char.charCodeAt(0) - QUOTED),
  );
}
