import { encodedWords, htmlPart, multipart, plainBody, textPart } from '../mail-builder.ts';
import type { ContentKind } from './content.ts';
import { letter, type Language } from './texts.ts';

export function html(language: Language): string {
  const paragraphs = letter(language)
    .split('\n')
    .map((line) => `<p style="margin:0 0 8pt;font-family:Calibri,sans-serif">${line}</p>`);
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><style>p{color:#222}</style></head><body>${paragraphs.join('\n')}</body></html>`;
}

/** Charsets, transfer encodings and languages; text, HTML, and both. */
export const textContents: readonly ContentKind[] = [
  () => ({
    subject: 'Forty chairs',
    part: textPart(letter('english'), { charset: 'us-ascii', encoding: '7bit' }),
  }),
  () => ({ subject: 'Delivery on Thursday', part: plainBody(letter('english', 'No MIME here')) }),
  () => ({ subject: encodedWords('Rückfrage zu Stühlen'), part: textPart(letter('german')) }),
  () => ({
    subject: encodedWords('Zapytanie o krzesła: czterdzieści sztuk, Łódź i okolice'),
    part: textPart(letter('polish'), { encoding: 'base64' }),
  }),
  () => ({
    subject: '=?iso-8859-1?Q?R=E9ponse_=E0_votre_devis?=',
    part: textPart(letter('french'), { charset: 'iso-8859-1' }),
  }),
  () => ({
    subject: encodedWords('Presupuesto, mañana', 'iso-8859-1'),
    part: textPart(letter('spanish'), { charset: 'iso-8859-1', encoding: '8bit' }),
  }),
  () => ({
    subject: encodedWords('Angebot – 40 Stühle für 4.000 €', 'windows-1252'),
    part: textPart('„Größe M“ kostet 12 € … immer noch.\n', { charset: 'windows-1252' }),
  }),
  () => ({
    subject: encodedWords('見積書のお願い、椅子四十脚、三月末まで', 'iso-2022-jp'),
    part: textPart(letter('japanese'), { charset: 'iso-2022-jp', encoding: '7bit' }),
  }),
  () => ({
    subject: encodedWords('Заказ на сорок стульев'),
    part: textPart(letter('russian'), { encoding: '8bit' }),
  }),
  () => ({
    subject: 'A flowing letter',
    part: textPart(letter('english').replaceAll('. ', '. \n'), { flowed: true, encoding: '7bit' }),
  }),
  () => ({ subject: 'Only HTML', part: htmlPart(html('english')) }),
  () => ({
    subject: encodedWords('عرض أسعار'),
    part: htmlPart(html('arabic'), { encoding: 'base64' }),
  }),
  () => ({
    subject: encodedWords('报价单 🪑🪑'),
    part: multipart('alternative', [textPart(letter('chinese')), htmlPart(html('chinese'))]),
  }),
  () => ({
    subject: encodedWords('הצעת מחיר'),
    part: multipart('alternative', [
      textPart(letter('hebrew'), { encoding: 'base64' }),
      htmlPart(html('hebrew'), { encoding: '8bit' }),
    ]),
  }),
  () => ({ subject: '', part: textPart('') }),
  () => ({ subject: 'Empty HTML', part: htmlPart('') }),
  () => ({
    subject: 'RE: AW: Re: Forty chairs',
    part: textPart(
      'Agreed.\n\nOn Monday, someone wrote:\n> From: nobody in particular\n> Thank you.\n> > Indeed.\n',
    ),
  }),
];
