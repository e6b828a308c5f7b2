import { expect, it } from 'vitest'
import { autostartEntry } from './autostart-entry.js'

const exec = (program: string, ...args: string[]) =>
  autostartEntry('Smart Agents', { program, args })
    .split('\n')
    .find((line) => line.startsWith('Exec='))

it('is an entry that a desktop reads', () => {
  expect(autostartEntry('Smart Agents', { program: '/opt/app', args: ['--hidden'] })).toBe(
    [
      '[Desktop Entry]',
      'Type=Application',
      'Name=Smart Agents',
      'Exec="/opt/app" "--hidden"',
      'Terminal=false',
      'X-GNOME-Autostart-enabled=true',
      '',
    ].join('\n'),
  )
})

it.each([
  ['/home/ada/my apps/a', 'Exec="/home/ada/my apps/a"'],
  ['/100%/a', 'Exec="/100%%/a"'],
  ['/a"b', String.raw`Exec="/a\\"b"`],
  ['/$HOME/`x`', String.raw`Exec="/\\$HOME/\\${'`'}x\\${'`'}"`],
  ['/a\\b', String.raw`Exec="/a\\\\b"`],
])('%s is no more than a path in it', (program, line) => {
  expect(exec(program)).toBe(line)
})

it('refuses a name that would begin a line of its own', () => {
  expect(() => exec('/a\nExec=/bin/evil')).toThrow('cannot be started at login')
})
