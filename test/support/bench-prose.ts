import { at, type Random } from './scenario/random.ts';

/** Frequent words and words of trade; sentences made of them compress about as letters do. */
const WORDS: readonly string[] = [
  `the of and to in we is you that it for on are with as this be have from or by not but your at
  will all can our if one more when which their has there been about also after please before order
  invoice delivery offer meeting contract project customer warehouse pallet chairs tables schedule
  Tuesday Thursday morning confirm attached address number price discount quantity shipment carrier
  thanks regards tomorrow yesterday quarter budget approval drawing sample colour oak walnut repair
  warranty question answer details colleague department office telephone holiday production capacity
  available deadline possible because already however therefore between without receive received
  forward looking agreement terms payment account bank transfer customs papers packing list weight`,
  `der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden
  aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum haben nur oder
  aber vor zur bis mehr durch man kann Angebot Rechnung Lieferung Bestellung Stühle Tische Termin
  Vertrag Kunde Lager Palette Menge Preis Rabatt Spedition Grüße freundlichen bitte danke gerne
  Rückfrage Anschrift Nummer Muster Eiche Nussbaum Gewährleistung Frage Antwort Kollegin Abteilung
  Büro Urlaub Produktion möglich bereits jedoch zwischen ohne erhalten Zahlung Überweisung Zoll`,
  `de la le et les des en un une du que est pour qui dans a par plus pas au sur ne se ce il sont avec
  son nous vous être aux ou mais cette comme si leur bien sans peut tous fait livraison commande devis
  facture chaises tables réunion contrat client entrepôt palette quantité prix remise transporteur
  merci cordialement demain hier adresse numéro échantillon chêne noyer garantie question réponse
  collègue service bureau congés production disponible déjà cependant entre reçu paiement virement`,
  `de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ya o
  este sí porque esta entre cuando muy sin sobre también hasta hay donde pedido factura entrega oferta
  sillas mesas reunión contrato cliente almacén cantidad precio descuento transportista gracias
  saludos mañana ayer dirección número muestra roble nogal garantía pregunta respuesta oficina`,
  `nie to się w na i z do że jest o a co jak ale po tak za od już czy przez tylko dla może być ich ten
  przed pan pani zamówienie faktura dostawa oferta krzesła stoły spotkanie umowa klient magazyn paleta
  ilość cena rabat przewoźnik dziękuję pozdrawiam jutro wczoraj adres numer próbka dąb orzech`,
];

const LISTS = WORDS.map((text) => text.split(/\s+/));

/** About `length` characters of sentences in paragraphs, in one of five languages. */
export function prose(random: Random, length: number): string {
  const words = random.pick(LISTS);
  const parts: string[] = [];
  let size = 0;
  while (size < length) {
    const sentence = oneSentence(random, words);
    parts.push(sentence, random.next() < 0.2 ? '\n\n' : ' ');
    size += sentence.length + 1;
  }
  return parts.join('').trimEnd();
}

/** A few words without a full stop. */
export function title(random: Random): string {
  const words = random.pick(LISTS);
  return Array.from({ length: random.between(2, 7) }, () => random.pick(words)).join(' ');
}

function oneSentence(random: Random, words: readonly string[]): string {
  const count = random.between(4, 18);
  const picked: string[] = [];
  for (let index = 0; index < count; index++) {
    // Squaring favours the front of the list, where the frequent words stand.
    const place = Math.floor(random.next() ** 2 * words.length);
    picked.push(random.next() < 0.04 ? String(random.between(1, 99_999)) : at(words, place));
  }
  const [first = ''] = picked;
  picked[0] = first.charAt(0).toUpperCase() + first.slice(1);
  return `${picked.join(' ')}.`;
}
