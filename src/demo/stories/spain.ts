import { csvFile } from '../mail/demo-files.ts';
import { people } from './people.ts';
import { ago, copied, forwarded, soon, type Story } from './story.ts';
import { users } from './users.ts';

const { lucia } = users;
const { carmen, andres, rocio, javier, marisol, ines } = people;

export const sierraAltasHarvest: Story = {
  title: "Sierra Alta's harvest",
  shows: 'Spanish mail, forwarded from Outlook and Gmail in Spanish',
  mails: [
    forwarded(
      'sierra-harvest',
      ago(25, '07:58'),
      { by: lucia, layout: 'outlook-spanish', remark: 'Lo vemos mañana con el equipo.' },
      {
        from: carmen,
        to: [lucia],
        cc: [andres],
        subject: 'Campaña de la naranja',
        text: `Buenos días, Lucía:

la semana que viene empieza la campaña y pasamos de 20 a 65 camiones al día. ¿Podemos abrir los
muelles 9 a 14 solo hasta febrero?

Un saludo,
Carmen Ibáñez`,
      },
      [carmen, andres],
    ),
    copied(
      'sierra-answer',
      ago(24, '12:34'),
      {
        from: lucia,
        to: [carmen],
        cc: [andres, rocio],
        subject: 'RE: Campaña de la naranja',
        text: `Hola, Carmen:

claro que sí. Los seis muelles quedan abiertos hasta el 28 de febrero y no se facturan en verano.
Te adjunto la lista de turnos para que Rocío la complete.

¡Buena campaña!
Lucía`,
        files: [
          csvFile('turnos.csv', [
            ['muelle', 'día', 'desde', 'hasta'],
            ['9', 'lunes', '05:00', '13:00'],
            ['10', 'lunes', '13:00', '21:00'],
          ]),
        ],
      },
      [carmen, andres, rocio],
      { answers: 'sierra-harvest' },
    ),
    forwarded(
      'sierra-shifts',
      soon(130),
      { by: lucia, layout: 'gmail-spanish', remark: 'Completada.' },
      {
        from: rocio,
        to: [lucia],
        subject: 'Turnos de la campaña',
        text: `Hola, Lucía:

aquí van los turnos. El muelle 12 lo dejamos para las incidencias.

Rocío Núñez`,
      },
      [rocio],
    ),
  ],
};

export const puertoNorte: Story = {
  title: 'Puerto Norte and the wine',
  shows: 'Spanish letters to contacts and to a lead',
  mails: [
    copied(
      'puerto-customs',
      ago(13, '16:41'),
      {
        from: lucia,
        to: [javier],
        cc: [marisol],
        subject: 'Número de despacho en la reserva',
        text: `Hola, Javier:

desde hoy la reserva puede llevar el número de despacho de aduanas, y el muelle no se asigna sin
él. Dime si queréis activarlo en los dos turnos.

Lucía`,
      },
      [javier, marisol],
    ),
    forwarded(
      'puerto-yes',
      ago(12, '09:09'),
      { by: lucia, layout: 'outlook-spanish', remark: 'Activado.' },
      {
        from: marisol,
        to: [lucia],
        subject: 'RE: Número de despacho en la reserva',
        text: `Hola, Lucía: en los dos, por favor. Javier está de viaje hasta el lunes.

Marisol Vidal`,
      },
      [marisol],
      { answers: 'puerto-customs' },
    ),
    copied(
      'almendral-tasting',
      ago(6, '13:15'),
      {
        from: lucia,
        to: [ines],
        subject: 'Gracias por la visita a la bodega',
        text: `Estimada Inés:

gracias por enseñarnos Almendral. Con seis muelles y la vendimia en septiembre, lo más sensato es
empezar en julio. Le envío un calendario la semana que viene.

Lucía Herrera`,
      },
      [ines],
    ),
  ],
};
