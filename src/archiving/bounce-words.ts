import type { BounceLanguage } from './likely-language.ts';

/** What a bounce says, in one language. `%s` stands for the sender's address. */
export interface BounceWords {
  readonly notArchived: string;
  readonly sentFrom: string;
  readonly sentTo: string;
  readonly subject: string;
  readonly noSubject: string;
  readonly why: string;
  readonly ifUser: string;
  readonly remedies: readonly [sendAgain: string, addAddress: string, ask: string];
  readonly otherwise: string;
  readonly automatic: string;
}

export const BOUNCE_WORDS: Readonly<Record<BounceLanguage, BounceWords>> = {
  en: {
    notArchived: 'Your message was not archived: the owner of the message does not exist.',
    sentFrom: 'Sent from',
    sentTo: 'Sent to',
    subject: 'Subject',
    noSubject: '(none)',
    why: 'Letterbook archives mail for its users only, and no user has the address %s.',
    ifUser: 'If you are a user, do one of these:',
    remedies: [
      'Send the message again from an email address that is in your profile.',
      'Add this address to your profile (Settings, My Profile), confirm it, and send the message again.',
      'Ask a Super Administrator of Letterbook in your organisation to add it. They have been told about your message, which is kept until then.',
    ],
    otherwise: 'If you are not a user, you need not do anything.',
    automatic: 'This answer was written by a program. Please do not reply to it.',
  },
  de: {
    notArchived:
      'Ihre Nachricht wurde nicht archiviert: Es gibt niemanden, dem sie zugeordnet werden kann.',
    sentFrom: 'Gesendet von',
    sentTo: 'Gesendet an',
    subject: 'Betreff',
    noSubject: '(keiner)',
    why: 'Letterbook archiviert nur Nachrichten seiner Benutzer, und kein Benutzer hat die Adresse %s.',
    ifUser: 'Wenn Sie ein Benutzer sind, tun Sie eines davon:',
    remedies: [
      'Senden Sie die Nachricht noch einmal von einer Adresse, die in Ihrem Profil steht.',
      'Tragen Sie diese Adresse in Ihr Profil ein (Settings, My Profile), bestätigen Sie sie, und senden Sie die Nachricht noch einmal.',
      'Bitten Sie einen Super Administrator von Letterbook in Ihrem Unternehmen, sie einzutragen. Er weiß von Ihrer Nachricht, die bis dahin aufbewahrt wird.',
    ],
    otherwise: 'Wenn Sie kein Benutzer sind, brauchen Sie nichts zu tun.',
    automatic: 'Diese Antwort hat ein Programm geschrieben. Bitte antworten Sie nicht darauf.',
  },
  fr: {
    notArchived: 'Votre message n’a pas été archivé : son propriétaire n’existe pas.',
    sentFrom: 'Envoyé de',
    sentTo: 'Envoyé à',
    subject: 'Objet',
    noSubject: '(aucun)',
    why: 'Letterbook n’archive que les messages de ses utilisateurs, et aucun utilisateur n’a l’adresse %s.',
    ifUser: 'Si vous êtes utilisateur, choisissez l’une de ces solutions :',
    remedies: [
      'Renvoyez le message depuis une adresse qui figure dans votre profil.',
      'Ajoutez cette adresse à votre profil (Settings, My Profile), confirmez-la, puis renvoyez le message.',
      'Demandez à un Super Administrator de Letterbook de votre organisation de l’ajouter. Il a été informé de votre message, qui est conservé jusque-là.',
    ],
    otherwise: 'Si vous n’êtes pas utilisateur, vous n’avez rien à faire.',
    automatic: 'Cette réponse a été écrite par un programme. Merci de ne pas y répondre.',
  },
  es: {
    notArchived: 'Su mensaje no se ha archivado: el propietario del mensaje no existe.',
    sentFrom: 'Enviado desde',
    sentTo: 'Enviado a',
    subject: 'Asunto',
    noSubject: '(ninguno)',
    why: 'Letterbook solo archiva el correo de sus usuarios, y ningún usuario tiene la dirección %s.',
    ifUser: 'Si es usted usuario, haga una de estas cosas:',
    remedies: [
      'Vuelva a enviar el mensaje desde una dirección que figure en su perfil.',
      'Añada esta dirección a su perfil (Settings, My Profile), confírmela y vuelva a enviar el mensaje.',
      'Pida a un Super Administrator de Letterbook de su organización que la añada. Ya sabe de su mensaje, que se conserva hasta entonces.',
    ],
    otherwise: 'Si no es usted usuario, no tiene que hacer nada.',
    automatic: 'Esta respuesta la ha escrito un programa. Por favor, no la conteste.',
  },
  it: {
    notArchived:
      'Il suo messaggio non è stato archiviato: il proprietario del messaggio non esiste.',
    sentFrom: 'Inviato da',
    sentTo: 'Inviato a',
    subject: 'Oggetto',
    noSubject: '(nessuno)',
    why: 'Letterbook archivia solo i messaggi dei suoi utenti, e nessun utente ha l’indirizzo %s.',
    ifUser: 'Se è un utente, faccia una di queste cose:',
    remedies: [
      'Invii di nuovo il messaggio da un indirizzo presente nel suo profilo.',
      'Aggiunga questo indirizzo al suo profilo (Settings, My Profile), lo confermi e invii di nuovo il messaggio.',
      'Chieda a un Super Administrator di Letterbook della sua organizzazione di aggiungerlo. È già al corrente del suo messaggio, che viene conservato fino ad allora.',
    ],
    otherwise: 'Se non è un utente, non deve fare nulla.',
    automatic: 'Questa risposta è stata scritta da un programma. La preghiamo di non rispondere.',
  },
  pt: {
    notArchived: 'A sua mensagem não foi arquivada: o proprietário da mensagem não existe.',
    sentFrom: 'Enviada de',
    sentTo: 'Enviada para',
    subject: 'Assunto',
    noSubject: '(nenhum)',
    why: 'O Letterbook arquiva apenas o correio dos seus utilizadores, e nenhum utilizador tem o endereço %s.',
    ifUser: 'Se é utilizador, faça uma destas coisas:',
    remedies: [
      'Envie de novo a mensagem a partir de um endereço que esteja no seu perfil.',
      'Acrescente este endereço ao seu perfil (Settings, My Profile), confirme-o e envie de novo a mensagem.',
      'Peça a um Super Administrator do Letterbook da sua organização que o acrescente. Ele já foi informado da sua mensagem, que fica guardada até lá.',
    ],
    otherwise: 'Se não é utilizador, não precisa de fazer nada.',
    automatic: 'Esta resposta foi escrita por um programa. Por favor, não lhe responda.',
  },
  nl: {
    notArchived: 'Uw bericht is niet gearchiveerd: de eigenaar van het bericht bestaat niet.',
    sentFrom: 'Verzonden van',
    sentTo: 'Verzonden aan',
    subject: 'Onderwerp',
    noSubject: '(geen)',
    why: 'Letterbook archiveert alleen mail van zijn gebruikers, en geen gebruiker heeft het adres %s.',
    ifUser: 'Bent u gebruiker, doe dan een van deze dingen:',
    remedies: [
      'Stuur het bericht opnieuw vanaf een adres dat in uw profiel staat.',
      'Voeg dit adres toe aan uw profiel (Settings, My Profile), bevestig het en stuur het bericht opnieuw.',
      'Vraag een Super Administrator van Letterbook in uw organisatie om het toe te voegen. Die weet van uw bericht, dat tot dan wordt bewaard.',
    ],
    otherwise: 'Bent u geen gebruiker, dan hoeft u niets te doen.',
    automatic: 'Dit antwoord is door een programma geschreven. Beantwoord het alstublieft niet.',
  },
  pl: {
    notArchived:
      'Państwa wiadomość nie została zarchiwizowana: właściciel wiadomości nie istnieje.',
    sentFrom: 'Wysłano z',
    sentTo: 'Wysłano do',
    subject: 'Temat',
    noSubject: '(brak)',
    why: 'Letterbook archiwizuje tylko pocztę swoich użytkowników, a żaden użytkownik nie ma adresu %s.',
    ifUser: 'Jeśli są Państwo użytkownikiem, proszę zrobić jedno z poniższych:',
    remedies: [
      'Wysłać wiadomość ponownie z adresu, który jest w Państwa profilu.',
      'Dodać ten adres do swojego profilu (Settings, My Profile), potwierdzić go i wysłać wiadomość ponownie.',
      'Poprosić w swojej organizacji osobę z grupy Super Administrators, aby go dodała. Została ona powiadomiona o wiadomości, która jest do tego czasu przechowywana.',
    ],
    otherwise: 'Jeśli nie są Państwo użytkownikiem, nie trzeba nic robić.',
    automatic: 'Tę odpowiedź napisał program. Prosimy na nią nie odpowiadać.',
  },
  ja: {
    notArchived:
      'メッセージは保存されませんでした。メッセージの所有者にあたるユーザーが存在しません。',
    sentFrom: '差出人',
    sentTo: '宛先',
    subject: '件名',
    noSubject: '（なし）',
    why: 'Letterbook はユーザーのメールだけを保存します。アドレス %s を持つユーザーはいません。',
    ifUser: 'ユーザーの方は、次のいずれかを行ってください。',
    remedies: [
      'プロフィールに登録されているアドレスから、もう一度送信してください。',
      'このアドレスをプロフィール（Settings、My Profile）に追加して確認し、もう一度送信してください。',
      '組織の Letterbook の Super Administrator に追加を依頼してください。このメッセージについては連絡済みで、それまで保管されます。',
    ],
    otherwise: 'ユーザーでない方は、何もする必要はありません。',
    automatic: 'この返信はプログラムが作成しました。返信しないでください。',
  },
};
