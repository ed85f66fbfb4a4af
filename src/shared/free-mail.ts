/** Providers where everybody may have an address: the domain says nothing about a company. */
const FREE_MAIL = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com rocketmail.com ' +
    'aol.com icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de email.de t-online.de ' +
    'freenet.de arcor.de mail.de mail.com mail.ru bk.ru inbox.ru list.ru rambler.ru yandex.ru yandex.com ' +
    'ya.ru ukr.net i.ua proton.me protonmail.com protonmail.ch pm.me fastmail.com fastmail.fm zoho.com ' +
    'hey.com tutanota.com tutanota.de tuta.io tuta.com posteo.de posteo.net mailbox.org hushmail.com ' +
    'orange.fr free.fr wanadoo.fr laposte.net sfr.fr neuf.fr libero.it virgilio.it alice.it tin.it ' +
    'tiscali.it qq.com 163.com 126.com yeah.net sina.com sohu.com foxmail.com naver.com daum.net ' +
    'hanmail.net docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com comcast.net verizon.net att.net ' +
    'sbcglobal.net bellsouth.net cox.net charter.net earthlink.net rogers.com shaw.ca sympatico.ca ' +
    'btinternet.com virginmedia.com sky.com talktalk.net ntlworld.com eircom.net bluewin.ch hispeed.ch ' +
    'sunrise.ch aon.at chello.at seznam.cz centrum.cz email.cz post.cz azet.sk wp.pl o2.pl onet.pl ' +
    'interia.pl op.pl gazeta.pl freemail.hu citromail.hu abv.bg mail.bg telenet.be skynet.be ziggo.nl ' +
    'kpnmail.nl planet.nl xs4all.nl home.nl telia.com bredband.net online.no jubii.dk luukku.com ' +
    'walla.co.il netvision.net.il bezeqint.net terra.es telefonica.net sapo.pt uol.com.br bol.com.br ' +
    'terra.com.br bigpond.com optusnet.com.au xtra.co.nz rediffmail.com'
  ).split(' '),
);
/** Yahoo, Hotmail and others have a domain in each country. */
const FREE_MAIL_BRANDS = new Set(['yahoo', 'hotmail', 'outlook', 'live', 'gmx']);
/** "co.uk", "com.au": the company stands before both. */
const SECOND_LEVELS = new Set(['co', 'com', 'org', 'net', 'ac', 'gov', 'edu', 'or', 'ne']);

/** Whether anybody may have an address in this canonical domain. */
export function isFreeMail(domain: string): boolean {
  return FREE_MAIL.has(domain) || FREE_MAIL_BRANDS.has(labelOf(domain));
}

/** The label of a domain that names its company: "acme" of "mail.acme.co.uk"; '' for none. */
export function labelOf(domain: string): string {
  const labels = domain.split('.').slice(0, -1);
  if (labels.length > 1 && SECOND_LEVELS.has(labels.at(-1) ?? '')) labels.pop();
  return labels.at(-1) ?? '';
}
