import { grainAndToys, pelicansStorm } from './america.ts';
import { brannocksTender, greenmantlesBoard, tallowStreet } from './care.ts';
import { milkAndRoads, valmontsExtension } from './france.ts';
import { cheeseAndPaper, lindenhofsMove, rheintalsDelays } from './germany.ts';
import { aozorasNight, minatosDoors } from './japan.ts';
import { martasRenewal, northbanksTrial } from './renewals.ts';
import { puertoNorte, sierraAltasHarvest } from './spain.ts';
import type { Story } from './story.ts';
import { machines, strangers } from './strangers.ts';
import { danasCleanup, oddOnes, owensCleanup } from './unmatched.ts';

/** Everything that happens in the demo and in a seeded database. */
export const stories: readonly Story[] = [
  martasRenewal,
  northbanksTrial,
  greenmantlesBoard,
  brannocksTender,
  tallowStreet,
  lindenhofsMove,
  rheintalsDelays,
  cheeseAndPaper,
  valmontsExtension,
  milkAndRoads,
  sierraAltasHarvest,
  puertoNorte,
  minatosDoors,
  aozorasNight,
  pelicansStorm,
  grainAndToys,
  danasCleanup,
  owensCleanup,
  oddOnes,
  strangers,
  machines,
];
