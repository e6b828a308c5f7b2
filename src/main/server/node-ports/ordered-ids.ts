import { customAlphabet } from 'nanoid'
import type { Ids } from '../../core/ports.js'

/** In the order of their codes, so that text sorts as the numbers do. */
const LETTERS_AND_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Of microseconds: lasts beyond the year 2300. */
const INSTANT_LENGTH = 9

/** 41 random bits, for a clock that was set back between two starts. */
const randomPart = customAlphabet(LETTERS_AND_DIGITS, 7)

/**
 * Ids that grow with time: what is stored together stands together in every index, so that a commit
 * touches few pages. No two of one process are alike.
 */
export function createOrderedIds(now: () => number = Date.now): Ids {
  let latestUs = 0
  return {
    next: (kind) => {
      latestUs = Math.max(latestUs + 1, now() * 1000)
      return `${kind}_${inLetters(latestUs)}${randomPart()}`
    },
    random: Math.random,
  }
}

function inLetters(value: number): string {
  let text = ''
  for (let rest = value; text.length < INSTANT_LENGTH; rest = Math.floor(rest / 62)) {
    text = `${LETTERS_AND_DIGITS[rest % 62]}${text}`
  }
  return text
}
