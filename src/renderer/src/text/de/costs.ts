import type { Text } from '../text.js'
import { plural } from './plural.js'

export const costs: Text['costs'] = {
  notRead: (reason) => `Nicht lesbar: ${reason}`,
  today: 'Heute (UTC)',
  week: '7 Tage',
  byAgent: 'Nach Agent, 7 Tage',
  ofThese: (unpriced) => `Davon ${unpriced}.`,
  withBelow: (count, spent) =>
    plural(count, {
      one: `Mit 1 Aufgabe darunter: ${spent}`,
      other: `Mit ${count} Aufgaben darunter: ${spent}`,
    }),
  tokens: (count, written) => plural(count, { one: '1 Token', other: `${written} Token` }),
  unpriced: (count, written) =>
    plural(count, {
      one: '1 Token von Modellen ohne bekannten Preis',
      other: `${written} Token von Modellen ohne bekannten Preis`,
    }),
}
