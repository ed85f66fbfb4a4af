import { cleanLine } from '../shared/clean-text.ts';

/** Names of devices, not of files, on Windows, whatever extension follows. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
/** Signs that turn the direction of reading or cannot be seen: "gpj.exe" must not read "exe.jpg". */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;
const MAX_BYTES = 150;

/**
 * A name under which any system can save a file, in no folder but the one that its reader chose. What
 * a name may do to programs that meet it later is bounded too: nothing hidden, nothing endless.
 */
export function safeFileName(raw: string | null, fallback: string): string {
  const last =
    cleanLine(raw ?? '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  const name = last
    .replace(INVISIBLE, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[\s.~-]+/, '')
    // From a place where the run begins: else a long run of dots within is tried from each of them.
    .replace(/(?<![\s.])[\s.]+$/, '');
  if (name === '') return fallback;
  return shorten(DEVICE.test(name) ? `_${name}` : name);
}

/** As many characters as fit, with the extension. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const extension = /\.\w{1,10}$/.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - extension.length);
  let kept = '';
  let size = extension.length;
  for (const character of stem) {
    size += Buffer.byteLength(character);
    if (size > MAX_BYTES) break;
    kept += character;
  }
  return kept.trimEnd() + extension;
}

/** RFC 6266, RFC 8187: always to be saved; the ASCII name is for programs that know no other. */
export function attachmentDisposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
