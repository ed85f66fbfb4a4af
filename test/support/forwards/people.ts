import { domainToASCII } from 'node:url';
import type { Person } from './forward-case.ts';

const person = (name: string, address: string): Person => ({ name, address });

/** Who writes to our users. Names with commas, quotes, brackets; IDN in both forms; long endings. */
export const SENDERS: readonly Person[] = [
  person('Jane Roe', 'jane.roe@roe-joinery.example'),
  person('Roe, Jane', 'jane@roe.example'),
  person('Jörg Müßig', 'j.muessig@tischlerei.example'),
  person("Siobhán O'Connor", "siobhan.o'connor@harbour.example"),
  person('', 'orders@oak-and-ash.example'),
  person('Zoë Faßbinder', 'zoe@müller-söhne.example'),
  person('Anna Kowalska', 'anna+port@drzwi.test'),
  person('Dr. Roe, Jane (Harbour Office)', 'jane.roe@office.harbour.example'),
  person('Иван Петров', 'ivan.petrov@пример.испытание'),
  person('山田 太郎', 'taro.yamada@tobira.example'),
  person('Ella "Oak" Berg', 'ella.berg@eik.example'),
  person('דנה לוי', 'dana@delatot.example'),
  person('Bureau van Dijk & Zn.', 'info@xn--mller-kva.example'),
  person('sales@doors.example', 'sales@doors.example'),
  person('Müller-Lüdenscheidt GmbH | Vertrieb', 'vertrieb_2@ml-gruppe.solutions.test'),
  person('李 小龙', 'x.li@门业.example'),
];

/** Who gets mail: our user first, colleagues and others after. */
export const RECIPIENTS: readonly Person[] = [
  person('Max Sample', 'max.sample@letterbook.example'),
  person('Sample, Max', 'max.sample@letterbook.example'),
  person('', 'max.sample@letterbook.example'),
  person('Olga Test', 'olga@letterbook.example'),
  person('Harbour, Office of the', 'office@harbour.example'),
  person('Carla Núñez', 'carla@puerto.example'),
];

/** Written apart from the product's own rule: lower case, the domain in A-labels (RFC 5890). */
export function canonical(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at).toLowerCase()}@${domainToASCII(address.slice(at + 1))}`;
}
