import ICAL from 'ical.js';

/** An entry for an address book (vCard 3.0, RFC 2426: the version that all of them read). */
export function vcardOf({
  name,
  email,
}: {
  readonly name: string;
  readonly email: string;
}): string {
  const card = new ICAL.Component('vcard');
  card.addPropertyWithValue('version', '3.0');
  card.addPropertyWithValue('fn', name);
  const structured = new ICAL.Property('n', card);
  structured.setValue([name, '', '', '', '']);
  card.addProperty(structured);
  const address = new ICAL.Property('email', card);
  address.setParameter('type', 'INTERNET');
  address.setValue(email);
  card.addProperty(address);
  return `${card.toString()}\r\n`;
}
