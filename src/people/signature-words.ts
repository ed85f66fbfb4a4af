/**
 * A job, in English, German, French, Spanish, Portuguese, Italian, Dutch, Scandinavian languages, Polish,
 * Russian, Chinese and Japanese; German and Dutch write compounds ("Vertriebsleiterin").
 */
const JOBS =
  'ceo|cfo|cto|coo|cio|cmo|vp|vice president|president|chair(?:man|woman)?|founder|co-founder|owner|partner|' +
  'director|head of|manager|lead|officer|executive|engineer|developer|architect|designer|consultant|analyst|' +
  'accountant|assistant|secretary|administrator|specialist|coordinator|representative|buyer|lawyer|attorney|' +
  'counsel|professor|editor|planner|supervisor|advisor|adviser|' +
  'geschäftsführ(?:er|ung)|\\p{L}*leit(?:er|ung)|inhaber|prokurist|vorstand|\\p{L}*berater|einkäufer|' +
  '\\p{L}*sachbearbeiter|\\p{L}*assistent|\\p{L}*ingenieur|entwickler|\\p{L}*referent|rechtsanwalt|rechtsanwältin|' +
  'buchhalter|\\p{L}*manager|gesellschafter|' +
  'directeur|directrice|gérante?|responsable|chef de|cheffe de|ingénieure?|conseill(?:er|ère)|acheteur|acheteuse|' +
  'director[ae]|gerente|jefe de|jefa de|ingenier[oa]|abogad[oa]|asesora?|encargad[oa]|' +
  'diretora?|engenheir[oa]|advogad[oa]|consultora?|gestora?|' +
  'direttore|direttrice|amministratore|amministratrice|ingegnere|avvocato|titolare|consulente|impiegat[oa]|' +
  'directeur|hoofd|eigenaar|medewerker|inkoper|adviseur|\\p{L}*chef|direktør|direktör|rådgiver|ingeniør|' +
  'dyrektor|kierownik|prezes|specjalista|specjalistka|inżynier|księgow[ya]|' +
  'директор|менеджер|руководитель|инженер|начальник|юрист|бухгалтер';
/** Scripts that put no space between words. */
const JOBS_WITHIN =
  '经理|总监|主任|工程师|总裁|部長|課長|社長|係長|担当|取締役|엔지니어|부장|과장|대표';
const JOB = new RegExp(`(?:^|[^\\p{L}])(?:${JOBS})(?:in)?(?:$|[^\\p{L}])|(?:${JOBS_WITHIN})`, 'iu');

/** What stands in the name of a company and in hardly anything else. Case matters: "as", "ab", "sa" are words. */
const COMPANY =
  /(?:^|[\s,&.])(?:GmbH|mbH|AG|SE|KG|KGaA|OHG|UG|e\.\s?V\.|e\.\s?K\.|Ltd|LTD|Limited|LLC|LLP|Inc|INC|Incorporated|Corp|Corporation|PLC|plc|Pty|S\.?A\.?R\.?L|SARL|Sàrl|SAS|S\.A\.S|SA|S\.A|S\.L|SL|Lda|Ltda|S\.r\.l|Srl|SRL|S\.p\.A|SpA|B\.V|BV|N\.V|NV|AB|A\/S|ApS|AS|ASA|Oy|Oyj|Sp\. z o\.\s?o|s\.r\.o|a\.s|Kft|Zrt|d\.o\.o|A\.Ş)\.?(?=$|[\s,.&)])|株式会社|有限会社|有限公司|주식회사|(?:^|\s)(?:ООО|ОАО|ЗАО|АО)(?=\s)/u;

const PHONE_LABEL =
  /^(?:tel(?:e(?:ph?one?|fon[oe]?))?|t[ée]l(?:[ée]phone)?|teléfono|phone|ph|fon|mob(?:ile?|il)?|m[óo]vil|cell(?:ulare?)?|celular|handy|gsm|direct|durchwahl|office|büro|t|m|p|d|тел|телефон|моб|telef[oó]n|電話|电话|手机|携帯|전화)(?:\s?(?:no|nr))?[.:\s：]+(?=[+(\d])/iu;
const NUMBER = /^\+?\(?\d[\d\s().\/-]{4,24}\d(?=$|[\s,;])/;
/** How a number begins that is none of a house or a post code. */
const INTERNATIONAL = /^(?:\+|\(?0)/;
/** Digits of a date. */
const DATE = 8;

/** Whether these words name somebody's job. */
export function isJob(text: string): boolean {
  return JOB.test(text);
}

/** Whether these words have the legal form of a company among them. */
export function isCompany(text: string): boolean {
  return COMPANY.test(text);
}

/** The number of a telephone that is all there is in the text, but for its label; '' for a fax, or none. */
export function phoneIn(text: string): string {
  const label = PHONE_LABEL.exec(text)?.[0] ?? '';
  const number = NUMBER.exec(text.slice(label.length))?.[0].trim() ?? '';
  const digits = number.replace(/\D/g, '').length;
  if (digits < 7 || digits > 15) return '';
  if (label !== '') return number;
  const isAll = INTERNATIONAL.test(number) && number.length === text.length;
  return isAll && (number.startsWith('+') || digits > DATE) ? number : '';
}
