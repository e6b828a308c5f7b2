import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asInvalidToolInput, asToolInputObject, parseToolInput } from './invalid-tool-input.js'

describe('the input of a tool call', () => {
  it('is an object or the marker, whatever the model streamed, and always plain JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const input = parseToolInput(text)
        expect(JSON.parse(JSON.stringify(input))).toEqual(input)
        expect(Array.isArray(input)).toBe(false)
      }),
    )
  })

  it('is what the model wrote when that is an object', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          fc.jsonValue(),
        ),
        (value) => {
          const input = parseToolInput(JSON.stringify(value))
          expect(input).toEqual(JSON.parse(JSON.stringify(value)))
          expect(asInvalidToolInput(input)).toBeNull()
        },
      ),
    )
  })

  it('keeps only the beginning of something long', () => {
    const marker = asInvalidToolInput(parseToolInput('x'.repeat(100_000)))
    expect(marker?.__invalidJson.length).toBe(4_000)
  })

  it.each([undefined, null, 3, 'text', [1]])(
    'goes back to a provider as an object: %j',
    (input) => {
      expect(asInvalidToolInput(asToolInputObject(input))).not.toBeNull()
    },
  )
})
