import { plural } from './plural.js'

export const costs = {
  notRead: (reason: string) => `It could not be read: ${reason}`,
  today: 'Today (UTC)',
  week: '7 days',
  byAgent: 'By agent, 7 days',
  ofThese: (unpriced: string) => `Of these, ${unpriced}.`,
  withBelow: (count: number, spent: string) =>
    plural(count, {
      one: `With 1 task below it: ${spent}`,
      other: `With ${count} tasks below it: ${spent}`,
    }),
  tokens: (count: number, written: string) =>
    plural(count, { one: '1 token', other: `${written} tokens` }),
  unpriced: (count: number, written: string) =>
    plural(count, {
      one: '1 token of models without a known price',
      other: `${written} tokens of models without a known price`,
    }),
}
