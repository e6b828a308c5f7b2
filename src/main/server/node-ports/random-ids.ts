import { customAlphabet } from 'nanoid'
import type { Ids } from '../../core/ports.js'

const LETTERS_AND_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 95 random bits: no two alike in the life of a data directory. */
const randomPart = customAlphabet(LETTERS_AND_DIGITS, 16)

export function createRandomIds(): Ids {
  return { next: (kind) => `${kind}_${randomPart()}`, random: Math.random }
}
