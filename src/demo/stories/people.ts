import type { Named } from '../mail/compose-mail.ts';

/** A contact or lead of the demo. */
export interface DemoPerson extends Named {
  readonly kind: 'contact' | 'lead';
  readonly firstName: string;
  readonly lastName: string;
  readonly account: string;
  readonly title: string;
  readonly phone: string;
}

/** The customers and those who may become some: 60 people in 25 accounts. */
export const people = {
  ...at('Kestrel Logistics', 'kestrel-logistics.example', {
    marta: contact('Marta', 'Nowak', { title: 'Head of Warehousing', phone: '+44 20 7946 0153' }),
    piers: contact('Piers', 'Hollis', { title: 'Managing Director' }),
    yasmin: contact('Yasmin', 'Aydin', { title: 'IT Security' }),
  }),
  ...at('Northbank Foods', 'northbank-foods.example', {
    helen: contact('Helen', 'Marsh', { title: 'Head of Distribution', phone: '+44 131 496 0212' }),
    callum: contact('Callum', 'Reid', { title: 'Depot Manager, Leith' }),
    bridget: contact('Bridget', "O'Shea", { title: 'Finance' }),
  }),
  ...at('Harrow & Pike', 'harrow-pike.example', {
    edmund: contact('Edmund', 'Pike', { title: 'Owner', phone: '+44 20 7946 0881' }),
    sunita: contact('Sunita', 'Rao', { title: 'Operations' }),
  }),
  ...at('Greenmantle Cold Store', 'greenmantle.example', {
    fergus: contact('Fergus', 'Baird', { title: 'Yard Manager', phone: '+44 141 496 0067' }),
    isla: contact('Isla', 'Drummond', { title: 'Shift Lead' }),
  }),
  ...at('Tallow Street Brewery', 'tallowstreet.example', {
    joss: lead('Joss', 'Whitlock', { title: 'Founder' }),
    mei: lead('Mei', 'Lam', { title: 'Brewery Logistics' }),
  }),
  ...at('St Brannock Hospitals', 'st-brannock.example', {
    ruth: contact('Ruth', 'Adeyemi', { title: 'Procurement', phone: '+44 1632 960 344' }),
    gareth: contact('Gareth', 'Vaughan', { title: 'Estates' }),
    poppy: lead('Poppy', 'Sinclair'),
  }),
  ...at('Lindenhof Möbel', 'lindenhof-moebel.example', {
    sabine: contact('Sabine', 'Krüger', { title: 'Leiterin Logistik', phone: '+49 30 23125 118' }),
    uwe: contact('Uwe', 'Bartels', { title: 'Lagerleiter' }),
    anke: contact('Anke', 'Schröder', { title: 'Bauplanung' }),
  }),
  ...at('Rheintal Spedition', 'rheintal-spedition.example', {
    matthias: contact('Matthias', 'Vogt', { title: 'Geschäftsführer', phone: '+49 30 23125 240' }),
    elif: contact('Elif', 'Yıldız', { title: 'Disposition' }),
    bernd: contact('Bernd', 'Hofmann', { title: 'Disponent' }),
  }),
  ...at('Alpstern Käserei', 'alpstern.example', {
    regula: contact('Regula', 'Zürcher', { title: 'Betriebsleiterin' }),
    beat: lead('Beat', 'Ammann'),
  }),
  ...at('Ostsee Kühlhaus', 'ostsee-kuehlhaus.example', {
    heike: lead('Heike', 'Petersen'),
    ole: lead('Ole', 'Jansen'),
  }),
  ...at('Brückner Papier', 'brueckner-papier.example', {
    ingrid: contact('Ingrid', 'Brückner', { title: 'Inhaberin' }),
    falk: contact('Falk', 'Lehmann', { title: 'Buchhaltung' }),
  }),
  ...at('Entrepôts Valmont', 'valmont-entrepots.example', {
    mathilde: contact('Mathilde', 'Girard', {
      title: 'Directrice logistique',
      phone: '+33 1 99 00 14 25',
    }),
    luc: contact('Luc', 'Morel', { title: "Responsable d'exploitation" }),
    benoit: contact('Benoît', 'Lefèvre', { title: 'Chef de quai' }),
  }),
  ...at('Laiterie des Trois Vallées', 'trois-vallees.example', {
    solene: contact('Solène', 'Perrin', {
      title: 'Responsable des expéditions',
      phone: '+33 1 99 00 31 08',
    }),
    hugo: contact('Hugo', 'Chevalier'),
  }),
  ...at('Atelier Corvin', 'atelier-corvin.example', {
    noemie: lead('Noémie', 'Corvin', { title: 'Fondatrice' }),
    rachid: lead('Rachid', 'Benali'),
  }),
  ...at('Transports Hauterive', 'hauterive.example', {
    pascal: contact('Pascal', 'Roux', { title: 'Gérant' }),
    aurelie: contact('Aurélie', 'Fontaine'),
  }),
  ...at('Frutas Sierra Alta', 'sierra-alta.example', {
    carmen: contact('Carmen', 'Ibáñez', { title: 'Directora de logística' }),
    andres: contact('Andrés', 'Molina', { title: 'Jefe de almacén' }),
    rocio: contact('Rocío', 'Núñez', { title: 'Turnos' }),
  }),
  ...at('Logística Puerto Norte', 'puerto-norte.example', {
    javier: contact('Javier', 'Ortega', { title: 'Director' }),
    marisol: contact('Marisol', 'Vidal'),
  }),
  ...at('Bodegas Almendral', 'almendral.example', {
    ines: lead('Inés', 'Quintana', { title: 'Enóloga' }),
    tomas: lead('Tomás', 'Castaño'),
  }),
  ...at('みなと倉庫', 'minato-soko.example', {
    yuki: contact('由紀', '高橋', { title: '物流部', local: 'yuki.takahashi' }),
    kenji: contact('健二', '中村', { title: '倉庫長', local: 'kenji.nakamura' }),
  }),
  ...at('Aozora Freight', 'aozora-freight.example', {
    emi: contact('Emi', 'Kobayashi', { title: 'Night Operations' }),
    daichi: contact('Daichi', 'Mori', { title: 'Night Shift Lead' }),
    naoko: lead('Naoko', 'Fujii'),
  }),
  ...at('さくら食品', 'sakura-shokuhin.example', {
    akira: lead('明', '伊藤', { local: 'akira.ito' }),
    mika: lead('美香', '渡辺', { local: 'mika.watanabe' }),
  }),
  ...at('Pelican Wharf Storage', 'pelican-wharf.example', {
    dolores: contact('Dolores', 'Wynn', { title: 'Terminal Manager', phone: '+1 555-0142' }),
    grant: contact('Grant', 'Okafor', { title: 'Gate Operations' }),
    shelby: lead('Shelby', 'Tran'),
  }),
  ...at('Bluestem Grain Cooperative', 'bluestem.example', {
    wade: contact('Wade', 'Lindgren', { title: 'Scale House', phone: '+1 555-0177' }),
    juniper: contact('Juniper', 'Hale'),
  }),
  ...at('Meridian Toys', 'meridian-toys.example', {
    olga: contact('Olga', 'Petrova', { title: 'Supply Chain' }),
    samir: lead('Samir', 'Haddad'),
    bea: contact('Bea', 'Thornton'),
  }),
  ...at('Ardmore Hospital Supplies Purchasing Cooperative', 'ardmore-supplies.example', {
    wilhelmina: contact('Wilhelmina', 'Featherstonehaugh-Cholmondeley', {
      title: 'Chair of the Purchasing Committee',
    }),
    roy: contact('Roy', 'Ng', { title: 'Secretary' }),
  }),
} as const satisfies Record<string, DemoPerson>;

type Member = Omit<DemoPerson, 'name' | 'address' | 'account'> & { readonly local: string };
type More = Partial<Pick<Member, 'title' | 'phone' | 'local'>>;

/** Telephone numbers are of the ranges that are set aside for stories. */
function contact(firstName: string, lastName: string, more: More = {}): Member {
  const local = localPart(firstName, lastName);
  return { kind: 'contact', firstName, lastName, title: '', phone: '', local, ...more };
}

function lead(firstName: string, lastName: string, more: More = {}): Member {
  return { ...contact(firstName, lastName, more), kind: 'lead' };
}

function at<Key extends string>(
  account: string,
  domain: string,
  members: Record<Key, Member>,
): Record<Key, DemoPerson> {
  const entries = Object.entries<Member>(members).map(([key, { local, ...member }]) => {
    const name = `${member.firstName} ${member.lastName}`;
    return [key, { ...member, name, account, address: `${local}@${domain}` }];
  });
  return Object.fromEntries(entries) as Record<Key, DemoPerson>;
}

/** "Benoît Lefèvre" is benoit.lefevre. */
function localPart(firstName: string, lastName: string): string {
  return `${firstName}.${lastName}`
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/[^a-z.-]/g, '');
}
