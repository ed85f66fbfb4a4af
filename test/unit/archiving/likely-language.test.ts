import { describe, expect, it } from 'vitest';
import { likelyLanguage } from '../../../src/archiving/likely-language.ts';
import { mail } from './samples.ts';

describe('likelyLanguage', () => {
  it.each([
    ['en', 'Please find attached the offer that we talked about yesterday. Thanks, Jane'],
    ['de', 'Guten Tag Frau Kim, anbei erhalten Sie das Angebot wie besprochen. Viele Grüße'],
    ['fr', 'Bonjour, vous trouverez ci-joint le devis demandé. Cordialement, Jean'],
    ['es', 'Buenos días, le adjunto el presupuesto que nos había pedido. Un saludo'],
    ['it', 'Buongiorno, in allegato trova il preventivo richiesto. Cordiali saluti'],
    ['pt', 'Bom dia, segue em anexo a proposta que nos pediu. Com os melhores cumprimentos'],
    ['nl', 'Goedemorgen, bijgaand vindt u de offerte die we gisteren bespraken. Groeten'],
    ['pl', 'Dzień dobry, w załączniku przesyłam ofertę, o którą Pani prosiła. Pozdrawiam'],
    ['ja', '見積書をお送りします。ご確認のほど、よろしくお願いいたします。'],
    ['en', 'ok'],
    ['en', ''],
    ['en', '\u202e\0\ud800 🎉🎉🎉 1234567890 1234567890'],
  ] as const)('takes it for %s: %j', (language, text) => {
    const written = mail({ text });
    expect(likelyLanguage({ text, header: { ...written.header, subject: '' } })).toBe(language);
  });
});
