/** A small mail with `size` bytes of text. */
export function sampleMail(subject: string, size = 40): string {
  const line = `${subject} `.repeat(Math.ceil(70 / (subject.length + 1))).slice(0, 70);
  const lines = Array.from({ length: Math.ceil(size / 72) }, () => `${line}\r\n`);
  return [
    'From: Dana <dana@firm.example>\r\nTo: archive@firm.example\r\n',
    `Subject: ${subject}\r\nMessage-ID: <${subject}@firm.example>\r\n\r\n`,
    lines.join('').slice(0, Math.max(size, 1)),
    '\r\n',
  ].join('');
}

/** As many mails as told, each with its own subject. */
export function sampleMails(count: number, size?: number): string[] {
  return Array.from({ length: count }, (_, index) => sampleMail(`mail-${index + 1}`, size));
}
