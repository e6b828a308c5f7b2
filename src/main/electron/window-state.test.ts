import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fitToScreens, readWindowState, saveWindowState, type WindowState } from './window-state.js'

const screen = { x: 0, y: 25, width: 1440, height: 875 }
const second = { x: 1440, y: 0, width: 1920, height: 1080 }
const state = (x: number, y: number, width = 900, height = 700): WindowState => ({
  position: { x, y },
  width,
  height,
  maximized: false,
})

describe('the place of the window', () => {
  it('stays where it is on one of the screens', () => {
    expect(fitToScreens(state(100, 100), [screen])).toEqual(state(100, 100))
    expect(fitToScreens(state(2000, 0), [screen, second])).toEqual(state(2000, 0))
  })

  it('is left to the system when it could not be taken hold of', () => {
    for (const [x, y] of [
      [2000, 100],
      [-850, 100],
      [1400, 100],
      [100, 0],
      [100, 890],
    ] as const) {
      expect(fitToScreens(state(x, y), [screen]).position).toBeNull()
    }
  })

  it('is no larger than its screen and no smaller than the page can be', () => {
    expect(fitToScreens(state(0, 25, 5000, 5000), [screen])).toEqual(state(0, 25, 1440, 875))
    expect(fitToScreens(state(0, 25, 1, 1), [screen])).toEqual(state(0, 25, 560, 420))
  })

  it('is taken as it is where no screen is known', () => {
    expect(fitToScreens(state(5, 5), [])).toEqual({ ...state(5, 5), position: null })
  })
})

describe('the file that remembers it', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'window-state-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('gives back what was saved', () => {
    const file = path.join(folder, 'deep/window.json')
    const saved = { ...state(1, 2), maximized: true }
    saveWindowState(file, saved)
    expect(readWindowState(file)).toEqual(saved)
  })

  it.each(['', '{', '{}', '{"position":{"x":"1"}}', '{"position":null,"width":0,"height":1}'])(
    'counts as absent when it holds %s',
    (text) => {
      const file = path.join(folder, 'window.json')
      writeFileSync(file, text)
      expect(readWindowState(file)).toEqual(readWindowState(path.join(folder, 'none')))
    },
  )
})
