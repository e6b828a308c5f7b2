import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskSecrets, SecretFilter } from './secret-filter.js'

const KEY = 'sk-ant-0123456789'

describe('a secret in a stream', () => {
  it('is masked however the stream is cut', () => {
    const parts = fc.array(fc.constantFrom('text ', KEY, 'sk-', 's', '\n', 'sk-ant-01'))
    fc.assert(
      fc.property(parts, fc.array(fc.nat(12)), (words, cuts) => {
        const text = words.join('')
        const filter = new SecretFilter([KEY])
        let out = ''
        let rest = text
        for (const cut of cuts) {
          out += filter.push(rest.slice(0, cut))
          rest = rest.slice(cut)
        }
        out += filter.push(rest) + filter.rest()
        expect(out).toBe(maskSecrets(text, [KEY]))
        expect(out).not.toContain(KEY)
      }),
    )
  })

  it('is not looked for when there is none, and short ones are no secrets', () => {
    expect(new SecretFilter([]).push('sk-ant')).toBe('sk-ant')
    expect(maskSecrets('a test', ['test'])).toBe('a test')
  })
})
