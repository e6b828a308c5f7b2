import { expect, it } from 'vitest'
import { zoomedIn, zoomedOut } from './zoom.js'

function steps(next: (factor: number) => number, from: number): readonly number[] {
  const seen: number[] = []
  for (let factor = from; seen.at(-1) !== factor && seen.length < 20; factor = next(factor)) {
    seen.push(factor)
  }
  return seen
}

it('zooms to twice the size and no further, and back', () => {
  expect(steps(zoomedIn, 1)).toEqual([1, 1.1, 1.25, 1.5, 1.75, 2])
  expect(steps(zoomedOut, 2)).toEqual([2, 1.75, 1.5, 1.25, 1.1, 1, 0.9, 0.8, 0.75])
})

it('goes on from a factor that is between two steps', () => {
  expect(zoomedIn(1.2000000000000002)).toBe(1.25)
  expect(zoomedIn(1.0999999)).toBe(1.25)
  expect(zoomedOut(5)).toBe(2)
})
