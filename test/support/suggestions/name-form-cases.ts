import { cc, contact, from, lead, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

/** One person's name as it is written in many ways, mostly from an address of another domain. */
export const NAME_FORM_CASES = writeCases('name-forms', [
  {
    id: 'umlaut-as-ue',
    why: 'Juergen is Jürgen.',
    unknown: from('Juergen Roeßler', 'jroessler@bluewin.ch'),
    people: [
      contact('Jürgen', 'Rößler', 'roessler@uhren-bern.test'),
      contact('Jürg', 'Rossi', 'rossi@uhren-bern.test'),
    ],
    expected: 'jurgen-rossler',
  },
  {
    id: 'short-form-of-other-surname',
    why: 'Kate Ashdown is not Katharine Ashworth, though half of it fits.',
    unknown: from('Kate Ashdown', 'kate.ashdown@downland-ales.test'),
    people: [
      contact('Katharine', 'Ashworth', 'k.ashworth@mills.test'),
      contact('Caitlin', 'Ashby', 'kate@ashby.test'),
    ],
    expected: 'none',
  },
  {
    id: 'umlaut-dropped',
    why: 'An American mail program dropped the dots; the record has ue.',
    unknown: from('Jurgen Muller', 'jurgen.muller@mullerdrills.test'),
    people: [
      contact('Juergen', 'Mueller', 'jm@bohrtechnik.example'),
      contact('Julia', 'Mueller', 'julia@mueller-verlag.example'),
      contact('Jurek', 'Malinowski', 'jurek@stal.example'),
    ],
    expected: 'juergen-mueller',
  },
  {
    id: 'surname-comma-first',
    why: 'Outlook directories write the surname first.',
    unknown: from('ROE, Jane (GB)', 'jr44@corp-global.test'),
    people: [
      contact('Jane', 'Roe', 'jane@roe-joinery.test'),
      contact('Roe', 'Janes', 'roe.janes@harbour.test'),
      contact('John', 'Roe', 'john@roe-joinery.test'),
    ],
    expected: 'jane-roe',
  },
  {
    id: 'initial-dot-surname',
    why: 'No display name; the local part is initial and surname, and only one fits.',
    unknown: from('', 't.wakefield@northmill.test'),
    people: [
      contact('Theresa', 'Wakefield', 'theresa@wakefield-wool.test'),
      contact('Neil', 'Wakefield', 'neil@wakefield-wool.test'),
      contact('Tara', 'Wickham', 'tara@wickham.test'),
    ],
    expected: 'theresa-wakefield',
  },
  {
    id: 'surname-dot-first',
    why: 'The local part has surname first.',
    unknown: from('', 'szabo.katalin@epitesz.test'),
    people: [
      contact('Katalin', 'Szabó', 'kati@tervezo.example'),
      contact('Kálmán', 'Szabó', 'kalman@szabo-bt.example'),
    ],
    expected: 'katalin-szabo',
  },
  {
    id: 'run-together-with-year',
    why: 'The local part runs the names together, with the year of birth.',
    unknown: from('', 'brendanoshea1968@eircom.test'),
    people: [
      contact('Brendan', "O'Shea", 'brendan@osheaboats.test'),
      contact('Brenda', 'Oates', 'brenda@oates.test'),
    ],
    expected: 'brendan-o-shea',
  },
  {
    id: 'bob-is-robert',
    why: 'Bob is Robert, and his surname is rare.',
    unknown: from('Bob Thistlewood', 'bob@thistlewood.me.test'),
    people: [
      contact('Robert', 'Thistlewood', 'r.thistlewood@castlegate.test'),
      contact('Barbara', 'Thistlewood', 'b.thistlewood@castlegate.test'),
    ],
    expected: 'robert-thistlewood',
  },
  {
    id: 'peggy-is-margaret',
    why: 'Peggy is Margaret; two have the surname.',
    unknown: from('Peggy Lawson', 'peggy.lawson@btinternet.com'),
    people: [
      contact('Margaret', 'Lawson', 'm.lawson@lawsonfabrics.test'),
      contact('Kenneth', 'Lawson', 'k.lawson@lawsonfabrics.test'),
    ],
    expected: 'margaret-lawson',
  },
  {
    id: 'pepe-is-jose',
    why: 'Pepe is José, and of his two surnames the first counts.',
    unknown: from('Pepe Aranda', 'pepe.aranda@azulejos-levante.test'),
    people: [
      contact('José', 'Aranda Beltrán', 'j.aranda@ceramica.example'),
      contact('Pedro', 'Beltrán Aranda', 'pedro@beltran.example'),
    ],
    expected: 'jose-aranda-beltran',
  },
  {
    id: 'sepp-is-josef',
    why: 'Sepp is Josef in Bavaria.',
    unknown: from('Sepp Hintermoser', 'sepp@almhof.test'),
    people: [
      contact('Josef', 'Hintermoser', 'josef.hintermoser@holzbau-inn.test'),
      contact('Stefan', 'Hintermaier', 'stefan@hintermaier.test'),
    ],
    expected: 'josef-hintermoser',
  },
  {
    id: 'nickname-of-another-name',
    why: 'Alex may be Alexander or Alexandra; this one signs as Alexis, whom nobody knows.',
    unknown: from('Alex', 'alex@falconry-dale.test'),
    text: 'All fine, thanks.\n\nAlexis Thorne\n',
    people: [
      contact('Alexander', 'Thornbury', 'alex@thornbury.test'),
      contact('Alexandra', 'Dale', 'a.dale@dale.test'),
    ],
    expected: 'none',
  },
  {
    id: 'middle-name-used',
    why: 'He goes by his middle name.',
    unknown: from('Wyatt Pemberton', 'wyatt@pemberton-legal.test'),
    people: [
      contact('George Wyatt', 'Pemberton', 'gwp@inns.test'),
      contact('Georgina', 'Pemberton', 'georgina@pemberton-yachts.test'),
    ],
    expected: 'george-wyatt-pemberton',
  },
  {
    id: 'middle-initials',
    why: 'Middle initials come and go.',
    unknown: from('Laurel J. B. Hutchins', 'ljbh@uni-north.test'),
    people: [
      contact('Laurel', 'Hutchins', 'hutchins@labtrade.test'),
      contact('Lauren', 'Hutchinson', 'lauren@hutchinson.test'),
    ],
    expected: 'laurel-hutchins',
  },
  {
    id: 'hyphenated-after-marriage',
    why: "She added her husband's name to hers.",
    unknown: from('Dorothea Kern-Albrecht', 'd.kern-albrecht@stadtwerke-lahn.test'),
    people: [
      contact('Dorothea', 'Kern', 'dorothea.kern@stadtwerke-alt.test'),
      contact('Doris', 'Albrecht', 'doris@albrecht.test'),
    ],
    expected: 'dorothea-kern',
  },
  {
    id: 'new-surname-told-in-signature',
    why: 'New surname, told in the signature; the first name is rare.',
    unknown: from('Solveig Berentzen', 'solveig.berentzen@kaffeeroesterei.test'),
    text: 'Hello Dana,\n\nthe beans are on their way.\n\nSolveig Berentzen (formerly Ott)\n',
    people: [
      contact('Solveig', 'Ott', 'solveig.ott@kaffee.example'),
      contact('Sven', 'Berentz', 'sven@berentz.example'),
    ],
    expected: 'solveig-ott',
  },
  {
    id: 'titles-and-degrees',
    why: 'Titles and degrees are no part of the name.',
    unknown: from('Prof. Dr.-Ing. Hartmut Söllner, MBA', 'hs@ib-soellner.test'),
    people: [
      contact('Hartmut', 'Söllner', 'soellner@tu-sued.test'),
      contact('Hartwig', 'Möllner', 'moellner@ingbuero.test'),
    ],
    expected: 'hartmut-sollner',
  },
  {
    id: 'title-in-record',
    why: 'The title is in the record, the mail has none.',
    unknown: from('beatriz quintela', 'bquintela@clinica-faro.test'),
    people: [
      contact('Dra. Beatriz', 'Quintela', 'direccao@clinica.example'),
      contact('Bernardo', 'Quintas', 'bq@vinhos.example'),
    ],
    expected: 'dra-beatriz-quintela',
  },
  {
    id: 'via-docusign',
    why: 'A signing service sends in her name: the mail is from her, whatever its address.',
    unknown: from('Jane Roe via DocuSign', 'dse@docusign.example'),
    subject: 'Please sign: lease 2027',
    people: [
      contact('Jane', 'Roe', 'jane@roe-joinery.test'),
      contact('Jan', 'Rohde', 'jan@rohde.test'),
    ],
    expected: 'jane-roe',
  },
  {
    id: 'shared-document',
    why: 'A shared document: the name before "(via ...)" is who shares it.',
    unknown: from('Nikolaj Thorup (via Shared Docs)', 'drive-shares-noreply@docs.example'),
    subject: 'Nikolaj Thorup shared "Floor plan" with you',
    people: [
      contact('Nikolaj', 'Thorup', 'nt@thorup-arkitekter.test'),
      contact('Nikoline', 'Thorsen', 'nikoline@thorsen.test'),
    ],
    expected: 'nikolaj-thorup',
  },
  {
    id: 'with-firm-in-display-name',
    why: 'Firm and department stand around the name.',
    unknown: from('Bruzzone | Costruzioni Navali - Elisabetta Parodi', 'e.parodi@bcn-genova.test'),
    people: [
      contact('Elisabetta', 'Parodi', 'elisabetta@cantiere.example'),
      contact('Elio', 'Bruzzone', 'elio@cantiere.example'),
    ],
    expected: 'elisabetta-parodi',
  },
  {
    id: 'particles',
    why: '"van der" is written apart, together, or left out.',
    unknown: from('Mieke Vanderlinden', 'mieke.vanderlinden@gent-textiel.test'),
    people: [
      contact('Mieke', 'van der Linden', 'mieke@weverij.example'),
      contact('Mieke', 'Linders', 'linders@linders.example'),
    ],
    expected: 'mieke-van-der-linden',
  },
  {
    id: 'address-as-display-name',
    why: 'Outlook shows the address as name; its local part is first name and surname.',
    unknown: to("'aurelie.castagnier@mobilier-sud.test'", 'aurelie.castagnier@mobilier-sud.test'),
    people: [
      contact('Aurélie', 'Castagnier', 'a.castagnier@meubles.example'),
      contact('Aurore', 'Castaing', 'aurore@castaing.example'),
    ],
    expected: 'aurelie-castagnier',
  },
  {
    id: 'first-name-only-with-sign',
    why: 'Only a first name in the display name; the signature has the surname.',
    unknown: from('Ludo', 'ludo@trois-ponts.test'),
    text: "Salut Dana,\n\nc'est bon pour lundi.\n\nLudovic Sarrazin\n06 00 00 00 00\n",
    people: [
      contact('Ludovic', 'Sarrazin', 'lsarrazin@charpentes.example'),
      contact('Ludovic', 'Perrot', 'ludovic@perrot.example'),
    ],
    expected: 'ludovic-sarrazin',
  },
  {
    id: 'names-swapped-in-record',
    why: 'Whoever made the record put the names the wrong way round.',
    unknown: from('Balázs Farkas', 'balazs@farkas-pince.test'),
    people: [
      lead('Farkas', 'Balázs', 'info@borturak.example', { id: 'swapped' }),
      contact('Balázs', 'Fazekas', 'fazekas@kemence.example'),
    ],
    expected: 'swapped',
  },
  {
    id: 'record-has-no-address',
    why: 'The record was made from a business card without an address.',
    unknown: cc('Ottilie Rautenberg', 'o.rautenberg@orgelbau-rautenberg.test'),
    others: [from('Dana Levi', 'dana.levi@letterbook.example')],
    people: [contact('Ottilie', 'Rautenberg', []), contact('Otto', 'Rauten', 'otto@rauten.test')],
    expected: 'ottilie-rautenberg',
  },
  {
    id: 'external-tag',
    why: 'Her mail server puts a tag before the name.',
    unknown: from('[EXTERN] Freyja Sigurdardottir', 'freyja@fiskur.test'),
    people: [
      contact('Freyja', 'Sigurðardóttir', 'freyja.s@hofn.example', { id: 'freyja' }),
      contact('Freyr', 'Sigurðsson', 'freyr@hofn.example'),
    ],
    expected: 'freyja',
  },
  {
    id: 'robert-and-roberta',
    why: 'Roberta Pennington is not Robert Pennington, and the surname is no rare one there.',
    unknown: from('Roberta Pennington', 'roberta@pennington-dogs.test'),
    people: [contact('Robert', 'Pennington', 'rp@tiles.test'), contact('Ann', 'Pennington', [])],
    expected: 'none',
  },
]);
