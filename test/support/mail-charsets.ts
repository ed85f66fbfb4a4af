export type Charset = 'us-ascii' | 'utf-8' | 'iso-8859-1' | 'windows-1252' | 'iso-2022-jp';

/** What windows-1252 has where ISO 8859-1 has control characters (the ones our texts use). */
const WINDOWS_1252: ReadonlyMap<string, number> = new Map([
  ['€', 0x80],
  ['„', 0x84],
  ['…', 0x85],
  ['‘', 0x91],
  ['’', 0x92],
  ['“', 0x93],
  ['”', 0x94],
  ['–', 0x96],
  ['—', 0x97],
]);

/** The bytes of a text in a charset. Throws when the charset cannot hold the text. */
export function encodeText(text: string, charset: Charset): Buffer {
  switch (charset) {
    case 'utf-8':
      return Buffer.from(text, 'utf8');
    case 'iso-2022-jp':
      return encodeIso2022Jp(text);
    case 'us-ascii':
      return encodeSingleBytes(text, 0x7f, new Map());
    case 'iso-8859-1':
      return encodeSingleBytes(text, 0xff, new Map());
    case 'windows-1252':
      return encodeSingleBytes(text, 0xff, WINDOWS_1252);
  }
}

function encodeSingleBytes(text: string, limit: number, extra: ReadonlyMap<string, number>) {
  const bytes = Array.from(text, (character) => {
    const code = extra.get(character) ?? character.codePointAt(0) ?? 0;
    if (code > limit) throw new Error(`The charset does not hold "${character}".`);
    return code;
  });
  return Buffer.from(bytes);
}

const TO_ASCII = [0x1b, 0x28, 0x42];
const TO_JIS_X_0208 = [0x1b, 0x24, 0x42];

/** RFC 1468: seven-bit Japanese, with escape sequences between ASCII and JIS X 0208. */
function encodeIso2022Jp(text: string): Buffer {
  const bytes: number[] = [];
  let inJapanese = false;
  for (const character of text) {
    const isJapanese = character.charCodeAt(0) > 0x7f;
    if (isJapanese !== inJapanese) bytes.push(...(isJapanese ? TO_JIS_X_0208 : TO_ASCII));
    inJapanese = isJapanese;
    bytes.push(...(isJapanese ? jisBytes(character) : [character.charCodeAt(0)]));
  }
  if (inJapanese) bytes.push(...TO_ASCII);
  return Buffer.from(bytes);
}

let jisTable: Map<string, [number, number]> | null = null;

function jisBytes(character: string): [number, number] {
  jisTable ??= readJisTable();
  const bytes = jisTable.get(character);
  if (!bytes) throw new Error(`The charset does not hold "${character}".`);
  return bytes;
}

/** Node decodes EUC-JP, whose bytes are those of JIS X 0208 with the high bit set. */
function readJisTable(): Map<string, [number, number]> {
  const decoder = new TextDecoder('euc-jp');
  const table = new Map<string, [number, number]>();
  for (let row = 0x21; row <= 0x7e; row++) {
    for (let cell = 0x21; cell <= 0x7e; cell++) {
      const character = decoder.decode(Uint8Array.of(row | 0x80, cell | 0x80));
      if (!character.includes('\ufffd')) table.set(character, [row, cell]);
    }
  }
  return table;
}
