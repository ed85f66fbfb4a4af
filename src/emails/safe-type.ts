/** Types that no browser runs, whoever wrote them. */
const HARMLESS = new Set([
  ...['application/pdf', 'application/zip', 'application/gzip', 'application/json'],
  ...['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint'],
  ...['wordprocessingml.document', 'spreadsheetml.sheet', 'presentationml.presentation'].map(
    (name) => `application/vnd.openxmlformats-officedocument.${name}`,
  ),
  ...['text', 'spreadsheet', 'presentation'].map(
    (name) => `application/vnd.oasis.opendocument.${name}`,
  ),
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/tiff', 'image/bmp'],
  ...['audio/mpeg', 'audio/ogg', 'audio/wav', 'video/mp4', 'video/mpeg', 'video/webm'],
  ...['text/plain', 'text/csv', 'text/calendar', 'text/vcard', 'message/rfc822'],
]);

/** What a file is said to be: its own type where that is known to do no harm. */
export function safeType(type: string): string {
  return HARMLESS.has(type) ? type : 'application/octet-stream';
}

/** The type that a picture's first bytes tell; null for everything else, whatever it calls itself. */
export function pictureType(head: Buffer): string | null {
  const text = head.toString('latin1', 0, 12);
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(text)) return 'image/gif';
  if (/^RIFF[\s\S]{4}WEBP/.test(text)) return 'image/webp';
  return null;
}
