export type ForwardLabel = 'from' | 'date' | 'to' | 'cc' | 'subject' | 'other';

/**
 * What mail programs write before the lines of a forwarded block, by language: English, German, French,
 * Spanish, Portuguese, Italian, Dutch, Danish/Norwegian, Swedish, Finnish, Polish, Czech/Slovak, Hungarian,
 * Romanian, Russian, Ukrainian, Turkish, Chinese, Japanese.
 */
const WORDS: Record<ForwardLabel, string> = {
  from: 'from|von|de|da|van|fra|från|lähettäjä|od|nadawca|mittente|expéditeur|feladó|de la|от|від|kimden|gönderen|发件人|寄件者|差出人',
  date: "date|sent|datum|gesendet|gesendet am|envoyé|envoyé le|date d'envoi|fecha|enviado|enviado el|enviada|enviado em|data|inviato|verzonden|dato|sendt|skickat|päivämäärä|päiväys|lähetetty|wysłano|odesláno|odoslané|dátum|elküldve|dată|trimis|дата|отправлено|відправлено|tarih|gönderildi|日期|发送时间|日付|送信日時",
  to: 'to|an|à|pour|para|a|aan|til|till|vastaanottaja|do|adresat|komu|pre|címzett|către|кому|kime|收件人|宛先',
  cc: 'cc|kopie|kopie (cc)|copie|copie à|copia|kopi|kopia|kopio|dw|másolatot kap|másolat|kópia|копия|копія|bilgi|抄送',
  subject:
    'subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|předmět|predmet|tárgy|subiect|subiectul|тема|konu|主题|件名',
  other:
    'bcc|reply-to|antwort an|répondre à|responder a|rispondi a|antwoord aan|sender|importance|priority|wichtigkeit|priorität|importancia|attachments|anlagen|pièces jointes|adjuntos|organization|x-mailer|mailed-by|list-id',
};

const LABELS: ReadonlyMap<string, ForwardLabel> = new Map(
  (Object.keys(WORDS) as ForwardLabel[]).flatMap((label) =>
    WORDS[label].split('|').map((word) => [word, label] as const),
  ),
);

const MAX_WORD = 30;

/** A line of a forwarded block, such as "From: ...", "*De :* ..."; null for any other line. */
export function readLabel(line: string): { label: ForwardLabel; value: string } | null {
  const colon = line.slice(0, MAX_WORD).search(/[:：]/);
  if (colon < 1) return null;
  const word = line.slice(0, colon).replaceAll('*', '').trim().toLowerCase().normalize('NFC');
  const label = LABELS.get(word);
  if (label === undefined) return null;
  const value = line.slice(colon + 1).replace(/^\s*\*+(?=\s)/, '');
  return { label, value: value.trim() };
}
