/** A little everyday business prose, written for these tests. */
export const TEXTS = {
  english: [
    'Thank you for the quick answer yesterday.',
    'We would like forty chairs by the end of March.',
    'Could you send the offer again with the new address?',
    'The second pallet arrived with a broken corner.',
    'I am in the office until four.',
  ],
  german: [
    'Vielen Dank für die schnelle Rückmeldung.',
    'Wir hätten gern vierzig Stühle bis Ende März.',
    'Könnten Sie das Angebot größer drucken?',
    'Die zweite Palette kam beschädigt an.',
    'Schöne Grüße aus der Nähe von Köln',
  ],
  french: [
    'Merci pour votre réponse si rapide.',
    "Nous aimerions quarante chaises d'ici fin mars.",
    'Pourriez-vous renvoyer le devis à la nouvelle adresse ?',
    'La deuxième palette est arrivée abîmée.',
    'Très cordialement à vous',
  ],
  spanish: [
    'Gracias por la rápida respuesta de mañana.',
    '¿Podría enviar el presupuesto otra vez?',
    'El segundo palé llegó con una esquina rota.',
    'Un saludo desde A Coruña',
  ],
  polish: [
    'Dziękuję za szybką odpowiedź.',
    'Chcielibyśmy czterdzieści krzeseł do końca marca.',
    'Druga paleta przyjechała uszkodzona.',
    'Łączę pozdrowienia z Łodzi',
  ],
  russian: [
    'Спасибо за быстрый ответ.',
    'Нам нужно сорок стульев до конца марта.',
    'Вторая поставка пришла с повреждением.',
  ],
  japanese: [
    'いつもお世話になっております。',
    '見積書をもう一度お送りください。',
    '椅子を四十脚お願いします。',
    'よろしくお願いいたします。',
  ],
  arabic: ['شكرا على الرد السريع.', 'نحتاج أربعين كرسيا قبل نهاية مارس.'],
  hebrew: ['תודה על התשובה המהירה.', 'נשמח לקבל את ההצעה שוב.'],
  chinese: ['感谢您的快速回复。', '请再发一次报价单。', '第二批货物有损坏。'],
} as const satisfies Record<string, readonly string[]>;

export type Language = keyof typeof TEXTS;

/** A short letter in one language. */
export function letter(language: Language, signature = ''): string {
  return [...TEXTS[language], '', signature].join('\n');
}
