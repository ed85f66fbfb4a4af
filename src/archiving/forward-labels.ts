export type ForwardLabel = 'from' | 'date' | 'to' | 'cc' | 'subject' | 'other';

/**
 * What mail programs write before the lines of a forwarded block, by language: English, German, French,
 * Spanish, Portuguese, Italian, Dutch, Danish/Norwegian, Swedish, Finnish, Polish, Czech/Slovak, Hungarian,
 * Romanian, Croatian, Slovenian, Estonian, Lithuanian, Catalan, Greek, Russian, Ukrainian, Bulgarian,
 * Turkish, Chinese, Japanese, Korean, Hebrew, Arabic.
 */
const WORDS: Record<ForwardLabel, string> = {
  from: 'from|von|de|da|van|fra|från|lähettäjä|od|nadawca|mittente|expéditeur|feladó|de la|expeditorul|šalje|saatja|από|от|отправитель|від|від кого|kimden|gönderen|发件人|寄件者|差出人|送信元|보낸 사람|寄件人|보낸사람|מאת|من|nuo',
  date: "date|sent|datum|gesendet|gesendet am|envoyé|envoyé le|date d'envoi|fecha|enviado|enviado el|enviada|enviado em|data|inviato|verzonden|dato|sendt|skickat|päivämäärä|päiväys|lähetetty|wysłano|odesláno|odoslané|dátum|elküldve|dată|trimis|poslano|kuupäev|στάλθηκε|ημερομηνία|дата|отправлено|відправлено|tarih|gönderildi|gönderilen|日期|发送时间|寄件日期|日付|送信日時|보낸 날짜|날짜|enviada em|wysłane|надіслано|изпратено|saadetud|išsiųsta|enviat|נשלח|תאריך|تم الإرسال|التاريخ",
  to: 'to|an|à|pour|para|a|aan|til|till|vastaanottaja|do|adresat|komu|pre|címzett|către|destinatarul|prima|προς|кому|kime|收件人|收件者|宛先|送信先|받는 사람|до|za|kam|per a|adressaat|אל|إلى',
  cc: 'cc|kopie|kopie (cc)|copie|copie à|copia|kopi|kopia|kopio|dw|másolatot kap|másolat|kópia|κοιν|κοιν.|κοινοποίηση|копия|копія|bilgi|抄送|副本|참조|koopia|kopija|копие|kp|a/c|karbon kopya|עותק|نسخة',
  subject:
    'subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|předmět|predmet|tárgy|subiect|subiectul|naslov|teema|θέμα|тема|konu|主题|主旨|件名|제목|assumpte|tema|zadeva|относно|נושא|الموضوع',
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

const ANY_LABEL = /^[\s*]*\p{L}[\p{L}\p{M}\p{Zs}.'’()-]{0,28}\*?\s*[:：](?!\/\/)/u;

/** Whether a line has the shape of a label and its value, in whatever language ("Tel: ...", too). */
export function hasShapeOfLabel(line: string): boolean {
  return ANY_LABEL.test(line.slice(0, 2 * MAX_WORD));
}
