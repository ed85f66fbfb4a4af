/** Lines at the end of a mail that may be a signature. */
const LINES = 6;
const MAX_LINE = 60;
const MAX_TEXT = 20_000;

const QUOTED = /^\s*(>|-{2,}\s*(original|ursprüngliche|forwarded)|on .+ wrote:|am .+ schrieb)/iu;
const CLOSING =
  /^(mfg|lg|vg|bg|mit .*gr(ü|ue)(ß|ss)en|(mit )?(beste|viele|liebe|freundliche|herzliche)n? gr(ü|ue)(ß|ss)en?|(best|kind|warm)( regards| wishes)?|regards|cheers|thanks|thank you|cordialement|saludos|i\. ?[av]\.|p\.? ?p\.?|gez\.?)[\s,]+/iu;
const FORMER =
  /^(.*?)[(,]?\s*(?:formerly|née|nee|born|geb\.?|geborene|vormals|früher|ehemals|avant)\s+([^()]+?)\)?$/iu;
const NAME = /^\p{L}[\p{L}\p{M}'’.-]*(?:[ \u3000]\p{L}[\p{L}\p{M}'’.-]*){0,4}$/u;
const BRACKETS = /^([^()（）]+)[(（]([^()（）]+)[)）]$/u;
const GREETING =
  /^(?:(?:sehr )?(?:geehrte[rs]?|liebe[rs]?|verehrte[rs]?)|dear|hello|hi|hallo|guten (?:tag|morgen)|good (?:morning|afternoon)|bonjour|ch[eè]re?|buenos d[ií]as|estimad[oa]|gentile|caro|cara|salut|moin|ol[aá]|hej)[ ,]+(.{2,50}?)[,!.:]?$/iu;

/** Names under a mail: lines at its end, before anything quoted, that are nothing but a name. */
export function signedNames(text: string): string[] {
  const lines = ownLines(text);
  return lines.slice(1).slice(-LINES).flatMap(namesOf);
}

/** Whom the first line of a mail greets. */
export function greetedName(text: string): string[] {
  const [first = ''] = ownLines(text);
  const name = GREETING.exec(first)?.[1]?.trim() ?? '';
  return NAME.test(name) ? [name] : [];
}

/** The text without what it quotes. */
export function ownText(text: string): string {
  return ownLines(text).join('\n');
}

function ownLines(text: string): string[] {
  const lines = text.slice(0, MAX_TEXT).split('\n');
  const end = lines.findIndex((line) => QUOTED.test(line.slice(0, 200)));
  return (end === -1 ? lines : lines.slice(0, end))
    .map((line) => line.slice(0, 200).trim())
    .filter((line) => line !== '');
}

/** "Anna Roe (formerly Tarn)" is Anna Roe and Anna Tarn. Empty for nothing. */
export function formerNames(text: string): string[] {
  const former = FORMER.exec(text);
  const now = former?.[1]?.trim() ?? '';
  if (now === '') return text === '' ? [] : [text];
  const [first = ''] = now.split(' ');
  return [now, `${first} ${former?.[2] ?? ''}`];
}

function namesOf(line: string): string[] {
  if (line.length > MAX_LINE || /[!?:]$/.test(line)) return [];
  const bare = line.replace(CLOSING, '').trim();
  const names = formerNames(bare);
  if (names.length > 1) return names.filter(isName);
  const [, outside = '', inside = ''] = BRACKETS.exec(bare) ?? [];
  return (outside === '' ? [bare] : [outside.trim(), inside.trim()]).filter(isName);
}

/** Words of a name begin with a capital, where their script has any. */
function isName(text: string): boolean {
  return (
    NAME.test(text) && !/(?:^| )\p{Ll}{4}/u.test(text) && !/^\p{L}+\.$/u.test(text.slice(0, -2))
  );
}
