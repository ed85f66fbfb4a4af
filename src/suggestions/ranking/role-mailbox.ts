const ROLES = new Set(
  (
    'info office contact kontakt mail email post hello hallo hi team sales service support help helpdesk ' +
    'billing invoice invoices rechnung accounts accounting buchhaltung payable finance order orders ' +
    'bestellung einkauf verkauf vertrieb marketing presse press hr jobs job career bewerbung personal ' +
    'buero sekretariat secretary reception empfang zentrale admin administrator webmaster ' +
    'postmaster noreply donotreply bounce bounces notification notifications newsletter news ' +
    'ticket tickets messages calendar booking reservierung reservations gaeste party ranking drive shares ' +
    'enquiries inquiries feedback shop store versand shipping logistik direction direccion direccao ' +
    'contabilidad ventas compras commercial commerciale segreteria amministrazione accueil secretariat ' +
    'automailer mailer daemon system alert alerts security privacy legal events'
  ).split(' '),
);

/** Whether a local part is that of an office or a machine, which says nothing of who writes. */
export function isRoleMailbox(local: string): boolean {
  const words = local
    .split(/[^a-z]+/)
    .filter((word) => word !== '' && word !== 'no' && word !== 'reply');
  return words.length === 0 || words.some((word) => ROLES.has(word));
}
