import { describe, expect, it } from 'vitest'
import { informantsOf } from './do-not-disturb.js'

const programs = (desktop: string) => informantsOf(desktop).map(({ file }) => file)

it('is asked of desktops that can say it, and of no other', () => {
  expect(programs('GNOME')).toEqual(['gsettings'])
  expect(programs('ubuntu:GNOME')).toEqual(['gsettings'])
  expect(programs('KDE')).toEqual(['busctl', 'gdbus'])
  expect(programs('XFCE')).toEqual([])
  expect(programs('')).toEqual([])
})

describe('an answer', () => {
  const read = (desktop: string, index: number, answer: string) =>
    informantsOf(desktop)[index]?.read(answer)

  it('of GNOME says whether banners are shown', () => {
    expect(read('GNOME', 0, 'true\n')).toBe(false)
    expect(read('GNOME', 0, 'false\n')).toBe(true)
  })

  it('of Plasma says whether notifications are inhibited', () => {
    expect(read('KDE', 0, 'b true\n')).toBe(true)
    expect(read('KDE', 0, 'b false\n')).toBe(false)
    expect(read('KDE', 1, '(<true>,)\n')).toBe(true)
    expect(read('KDE', 1, '(<false>,)\n')).toBe(false)
  })

  it.each(['', 'No such schema', 'b maybe', 'untrue', '(<1>,)'])('%j says nothing', (answer) => {
    expect(read('GNOME', 0, answer)).toBeNull()
    expect(read('KDE', 0, answer)).toBeNull()
    expect(read('KDE', 1, answer)).toBeNull()
  })
})
