export type ForwardLabel = 'from' | 'date' | 'to' | 'cc' | 'subject' | 'other';

/**
 * What mail programs write before the lines of a forwarded block, by language: from, date, to, cc and
 * subject. What some write in English in every language counts as English alone.
 */
const WORDS = {
  en: 'from; date|sent; to; cc; subject',
  de: 'von; datum|gesendet|gesendet am; an; kopie|kopie (cc); betreff',
  fr: "de|expéditeur; date|envoyé|envoyé le|date d'envoi; à|pour; copie|copie à; objet|sujet",
  es: 'de; fecha|enviado|enviado el; para|a; copia; asunto',
  pt: 'de; data|enviado|enviada|enviado em|enviada em; para; copia; assunto',
  it: 'da|mittente; data|inviato; a; copia; oggetto',
  nl: 'van; datum|verzonden; aan; kopie; onderwerp',
  da: 'fra; dato|sendt; til; kopi; emne',
  nb: 'fra; dato|sendt; til; kopi; emne',
  sv: 'från; datum|skickat; till; kopia; ämne',
  fi: 'lähettäjä; päivämäärä|päiväys|lähetetty; vastaanottaja; kopio; aihe',
  pl: 'od|nadawca; data|wysłano|wysłane; do|adresat; kopia|dw; temat',
  cs: 'od; datum|odesláno; komu; kopie; předmět',
  sk: 'od; dátum|odoslané; komu|pre; kópia; predmet',
  hu: 'feladó; dátum|elküldve; címzett; másolatot kap|másolat; tárgy',
  ro: 'de la|expeditorul; data|dată|trimis; către|destinatarul; copie; subiect|subiectul',
  hr: 'od|šalje; datum|poslano; za|prima; kopija; naslov|predmet|tema',
  sl: 'od; datum|poslano; za; kopija|kp; zadeva|predmet',
  et: 'saatja; kuupäev|saadetud; adressaat; koopia; teema',
  lt: 'nuo; data|išsiųsta; kam; kopija; tema',
  ca: 'de; data|enviat; per a; a/c|copia; assumpte',
  el: 'από; στάλθηκε|ημερομηνία; προς; κοιν|κοιν.|κοινοποίηση; θέμα',
  ru: 'от|отправитель; дата|отправлено; кому; копия; тема',
  uk: 'від|від кого; дата|надіслано|відправлено; кому|до; копія; тема',
  bg: 'от; дата|изпратено; до; копие; относно|тема',
  tr: 'kimden|gönderen; tarih|gönderildi|gönderilen; kime; bilgi|karbon kopya; konu',
  zh: '发件人|寄件者|寄件人; 日期|发送时间|寄件日期; 收件人|收件者; 抄送|副本; 主题|主旨',
  ja: '差出人|送信元; 日付|送信日時; 宛先|送信先; cc; 件名',
  ko: '보낸 사람|보낸사람; 보낸 날짜|날짜; 받는 사람; 참조; 제목',
  he: 'מאת; נשלח|תאריך; אל; עותק; נושא',
  ar: 'من; تم الإرسال|التاريخ; إلى; نسخة; الموضوع',
} as const;

/** A language that blocks are read in: BCP 47, without the region. */
export type BlockLanguage = keyof typeof WORDS;

/** Lines that may stand between the others. */
const OTHER =
  'bcc|reply-to|antwort an|répondre à|responder a|rispondi a|antwoord aan|sender|importance|priority|wichtigkeit|priorität|importancia|attachments|anlagen|pièces jointes|adjuntos|organization|x-mailer|mailed-by|list-id';

const IN_ORDER = ['from', 'date', 'to', 'cc', 'subject'] as const;

interface Meaning {
  readonly label: ForwardLabel;
  /** Empty for words that say nothing about it. */
  readonly languages: Set<BlockLanguage>;
}

const LABELS = readWords();

function readWords(): ReadonlyMap<string, Meaning> {
  const labels = new Map<string, Meaning>(
    OTHER.split('|').map((word) => [word, { label: 'other', languages: new Set() }]),
  );
  for (const language of Object.keys(WORDS) as BlockLanguage[]) {
    for (const [index, words] of WORDS[language].split('; ').entries()) {
      const label = IN_ORDER[index] ?? 'other';
      for (const word of words.split('|')) {
        const meaning = labels.get(word) ?? { label, languages: new Set() };
        meaning.languages.add(language);
        labels.set(word, meaning);
      }
    }
  }
  labels.set('cc', { label: 'cc', languages: new Set() });
  return labels;
}

const MAX_WORD = 30;

export interface LabelledLine {
  readonly label: ForwardLabel;
  readonly value: string;
  /** Those that have the word for it; empty where it tells none. */
  readonly languages: ReadonlySet<BlockLanguage>;
}

/** A line of a forwarded block, such as "From: ...", "*De :* ..."; null for any other line. */
export function readLabel(line: string): LabelledLine | null {
  const colon = line.slice(0, MAX_WORD).search(/[:：]/);
  if (colon < 1) return null;
  const word = line.slice(0, colon).replaceAll('*', '').trim().toLowerCase().normalize('NFC');
  const meaning = LABELS.get(word);
  if (meaning === undefined) return null;
  const value = line.slice(colon + 1).replace(/^\s*\*+(?=\s)/, '');
  return { ...meaning, value: value.trim() };
}

const ANY_LABEL = /^[\s*]*\p{L}[\p{L}\p{M}\p{Zs}.'’()-]{0,28}\*?\s*[:：](?!\/\/)/u;

/** Whether a line has the shape of a label and its value, in whatever language ("Tel: ...", too). */
export function hasShapeOfLabel(line: string): boolean {
  return ANY_LABEL.test(line.slice(0, 2 * MAX_WORD));
}
