import { encodeText } from '../mail-charsets.ts';
import type { Language } from './words.ts';

/** What mail in a language came in before UTF-8, and from older programs still does. */
const LEGACY: Readonly<Partial<Record<Language, string>>> = {
  ru: 'koi8-r',
  uk: 'windows-1251',
  bg: 'windows-1251',
  el: 'iso-8859-7',
  tr: 'iso-8859-9',
  he: 'windows-1255',
  ar: 'windows-1256',
  lt: 'windows-1257',
  et: 'windows-1257',
  pl: 'iso-8859-2',
  cs: 'windows-1250',
  sk: 'iso-8859-2',
  hu: 'iso-8859-2',
  hr: 'windows-1250',
  sl: 'iso-8859-2',
  ro: 'iso-8859-16',
  'zh-Hans': 'gb18030',
  'zh-Hant': 'big5',
  ja: 'iso-2022-jp',
  ko: 'euc-kr',
};

const WIDE = new Set(['gb18030', 'big5', 'euc-kr', 'shift_jis']);
const tables = new Map<string, ReadonlyMap<string, Buffer>>();

export function legacyCharset(language: Language): string {
  return LEGACY[language] ?? 'windows-1252';
}

/** The bytes of a text in any charset that Node can decode; null where it cannot hold the text. */
export function encodeIn(text: string, charset: string): Buffer | null {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  if (charset === 'iso-2022-jp') return encodeIso2022Jp(text);
  const table = tableOf(charset);
  const bytes: Buffer[] = [];
  for (const character of text) {
    const encoded = table.get(character);
    if (encoded === undefined) return null;
    bytes.push(encoded);
  }
  return Buffer.concat(bytes);
}

function encodeIso2022Jp(text: string): Buffer | null {
  try {
    return encodeText(text, 'iso-2022-jp');
  } catch {
    return null;
  }
}

/** A decoder read backwards. */
function tableOf(charset: string): ReadonlyMap<string, Buffer> {
  const known = tables.get(charset);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(charset);
  const decode = (bytes: Buffer) => decoder.decode(bytes);
  const table = new Map<string, Buffer>();
  for (let byte = 0; byte < 0x100; byte += 1) add(table, decode, Buffer.from([byte]));
  if (WIDE.has(charset)) {
    for (let lead = 0x81; lead < 0xff; lead += 1) {
      for (let trail = 0x40; trail < 0xff; trail += 1) {
        add(table, decode, Buffer.from([lead, trail]));
      }
    }
  }
  tables.set(charset, table);
  return table;
}

function add(table: Map<string, Buffer>, decode: (bytes: Buffer) => string, bytes: Buffer): void {
  const character = decode(bytes);
  const single = Array.from(character).length === 1 && character !== '\ufffd';
  if (single && !table.has(character)) table.set(character, bytes);
}
