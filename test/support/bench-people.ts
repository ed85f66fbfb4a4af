import { at } from './scenario/random.ts';
import type { ScenarioPerson, ScenarioUser } from './scenario/scenario.ts';

const FIRST = ['Anna', 'Bela', 'Carl', 'Dora', 'Emil', 'Fritz', 'Gina', 'Hugo', 'Irma', 'Jan'];
const LAST = ['Berg', 'Costa', 'Dahl', 'Evers', 'Frank', 'Geiger', 'Hahn', 'Iversen', 'Jung'];

/** Ten users; the first is a Super Administrator. */
export function benchUsers(): ScenarioUser[] {
  return FIRST.map((first, index) => ({
    name: `${first} Letter`,
    email: `${first.toLowerCase()}@bench-firm.example`,
    groups: index === 0 ? ['Super Administrators'] : [],
    otherAddresses: [],
    unverifiedAddresses: [],
    active: true,
  }));
}

/** Two thousand people at three hundred firms. */
export function benchPeople(): ScenarioPerson[] {
  return Array.from({ length: 2_000 }, (_, index) => {
    const [firstName, lastName] = [at(FIRST, index), at(LAST, Math.floor(index / 10))];
    const local = `${firstName}.${lastName}${index}`.toLowerCase();
    return {
      type: index % 4 === 3 ? 'lead' : 'contact',
      firstName,
      lastName,
      email: `${local}@firm-${index % 300}.example`,
      otherAddresses: [],
      account: `Firm ${index % 300}`,
    };
  });
}
