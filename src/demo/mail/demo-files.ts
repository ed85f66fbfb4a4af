import { crc32, deflateSync } from 'node:zlib';
import type { DemoFile } from './compose-mail.ts';

/** A PDF with one page of text, small enough to be made here. */
export function pdfFile(name: string, lines: readonly string[]): DemoFile {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
  const stream = `BT /F1 13 Tf 18 TL 72 760 Td\n${shown}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return { name, type: 'application/pdf', content: Buffer.from(file, 'latin1') };
}

export function csvFile(name: string, rows: readonly (readonly string[])[]): DemoFile {
  const text = rows.map((row) => row.join(',')).join('\r\n');
  return { name, type: 'text/csv; charset=utf-8', content: Buffer.from(`${text}\r\n`) };
}

export function calendarFile(name: string, title: string, at: Date): DemoFile {
  const stamp = (date: Date) => date.toISOString().replace(/[-:]|\.\d+/g, '');
  const end = new Date(at.getTime() + 3_600_000);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Quayside Systems//Demo//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${stamp(at)}@quayside.example`,
    `DTSTAMP:${stamp(at)}`,
    `DTSTART:${stamp(at)}`,
    `DTEND:${stamp(end)}`,
    `SUMMARY:${title}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  const content = Buffer.from(`${lines.join('\r\n')}\r\n`);
  return { name, type: 'text/calendar; charset=utf-8; method=REQUEST', content };
}

type Colour = readonly [red: number, green: number, blue: number];

/** A PNG of bars, as a chart of some months or the stripes of a logo (PNG specification, section 5). */
export function barsImage(
  name: string,
  heights: readonly number[],
  colour: Colour,
  contentId?: string,
): DemoFile {
  const [bar, gap, height] = [24, 8, 96];
  const width = heights.length * (bar + gap) + gap;
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y += 1) {
    const row = Buffer.alloc(1 + width * 3, 0xff);
    row[0] = 0;
    for (let x = 0; x < width; x += 1) {
      const at = Math.floor((x - gap) / (bar + gap));
      const inBar = x >= gap && (x - gap) % (bar + gap) < bar;
      if (inBar && height - y <= (heights[at] ?? 0) * height) row.set(colour, 1 + x * 3);
    }
    rows.push(row);
  }
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  const content = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, type: 'image/png', content, ...(contentId === undefined ? {} : { contentId }) };
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
