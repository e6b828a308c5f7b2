import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../../../../test/support/simulated-clock.js'
import { piecesOf, streamText } from './text-stream.js'

describe('streaming text', () => {
  it('cuts into pieces that join to the text and split no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 9 }), (text, size) => {
        const pieces = piecesOf(text, size)
        expect(pieces.join('')).toBe(text)
        for (const piece of pieces)
          expect(piece.isWellFormed()).toBe(text.isWellFormed() || piece.isWellFormed())
      }),
    )
    expect(piecesOf('a😀b', 2)).toEqual(['a😀', 'b'])
    expect(piecesOf('', 5)).toEqual([])
  })

  it('paces by the clock', async () => {
    const clock = new SimulatedClock()
    const pieces: string[] = []
    const done = streamText('x'.repeat(100), (piece) => pieces.push(piece), {
      clock,
      pace: { charactersPerSecond: 5_000 },
      signal: new AbortController().signal,
    })
    expect(pieces.map((piece) => piece.length)).toEqual([40])
    await clock.advanceAsync(8)
    expect(pieces).toHaveLength(2)
    await clock.runAllAsync()
    await done
    expect(pieces.join('')).toHaveLength(100)
    expect(clock.pendingTimers).toBe(0)
  })

  it('takes about two seconds at most for a long text', async () => {
    const clock = new SimulatedClock()
    const startedAt = clock.now()
    const options = {
      clock,
      pace: { charactersPerSecond: 5_000 },
      signal: new AbortController().signal,
    }
    const done = streamText('x'.repeat(200_000), () => undefined, options)
    await clock.runAllAsync()
    await done
    expect(clock.now() - startedAt).toBeLessThanOrEqual(2_000)
  })

  it('stops at once when it is aborted, and leaves no timer', async () => {
    const clock = new SimulatedClock()
    const controller = new AbortController()
    const pieces: string[] = []
    const done = streamText('x'.repeat(100), (piece) => pieces.push(piece), {
      clock,
      pace: { charactersPerSecond: 5_000 },
      signal: controller.signal,
    })
    controller.abort()
    await expect(done).rejects.toMatchObject({ errorClass: 'aborted', code: 'cancelled' })
    expect(pieces).toHaveLength(1)
    expect(clock.pendingTimers).toBe(0)
  })
})
