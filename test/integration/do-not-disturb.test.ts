import { chmodSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SystemDoNotDisturb } from '../../src/main/electron/notifications/do-not-disturb.js'
import { startHost } from '../../src/main/server/host.js'
import type { Notification } from '../../src/shared/model/notification.js'
import { releaseOwner, trackOwner } from '../support/leak-check.js'
import { SilentLogger } from '../support/silent-logger.js'
import { SimulatedClock } from '../support/simulated-clock.js'

const clock = new SimulatedClock()
let folder: string
let system: SystemDoNotDisturb

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'do-not-disturb-'))
})

afterEach(async () => {
  await system.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Puts a program in the way of the system's own, which notes how it was called. */
function install(file: string, does: string): void {
  const path = join(folder, file)
  writeFileSync(path, `#!/bin/sh\necho "$@" >> '${path}.calls'\n${does}\n`)
  chmodSync(path, 0o755)
}

function environmentOf(desktop: string): NodeJS.ProcessEnv {
  const PATH = [folder, process.env['PATH'] ?? ''].join(delimiter)
  return { ...process.env, PATH, XDG_CURRENT_DESKTOP: desktop }
}

function open(desktop: string): SystemDoNotDisturb {
  const environment = environmentOf(desktop)
  system = new SystemDoNotDisturb({ clock, logger: new SilentLogger(), environment })
  return system
}

/** What the person is told of a task, by a host as the app starts it. */
async function toldByHost(environment: NodeJS.ProcessEnv): Promise<Notification> {
  const started = await startHost({
    ...{ kind: 'electron', version: '1.2.3', programRoot: folder, rendererDirectory: folder },
    ...{ dataDirectory: join(folder, 'data'), workspace: folder, environment },
    ...{ port: 0, address: '127.0.0.1' },
    openDoNotDisturb: (time, logger) => {
      system = new SystemDoNotDisturb({ clock: time, logger, environment })
      return system
    },
  })
  if (started.kind === 'owned') throw new Error('another host is the owner')
  const { core, stop } = started.host
  const owner = trackOwner('host', stop)
  const told = new Promise<Notification>((resolve) => {
    core.events.subscribe({
      durable: ({ name, payload }) => {
        if (name === 'notification.created') resolve(payload.notification)
      },
      live: () => undefined,
    })
  })
  try {
    await core.queue.submit({ type: 'command', command: 'true', description: 'work' })
    return await told
  } finally {
    await stop()
    releaseOwner(owner)
  }
}

const callsOf = (file: string) => readFileSync(join(folder, `${file}.calls`), 'utf8').split('\n')

describe.skipIf(process.platform === 'win32')('do not disturb', () => {
  it('is asked of GNOME, and again only when it was asked a while ago', async () => {
    install('gsettings', 'echo false')
    open('ubuntu:GNOME')
    expect(system.known()).toBeNull()
    await Promise.all([system.ask(), system.ask()])
    expect(system.known()).toBe(true)
    expect(callsOf('gsettings')).toEqual(['get org.gnome.desktop.notifications show-banners', ''])
    clock.advance(29_999)
    expect(system.known()).toBe(true)
    clock.advance(1)
    expect(system.known()).toBeNull()
    install('gsettings', 'echo true')
    await system.ask()
    expect(system.known()).toBe(false)
  })

  it('is asked of Plasma by the program that is there', async () => {
    install('busctl', 'exit 1')
    install('gdbus', `echo '(<true>,)'`)
    open('KDE')
    await system.ask()
    expect(system.known()).toBe(true)
    expect(callsOf('gdbus')[0]).toContain('org.freedesktop.Notifications Inhibited')
  })

  it('is off where the answer is not understood', async () => {
    install('gsettings', 'echo "No such schema"; exit 1')
    open('GNOME')
    await system.ask()
    expect(system.known()).toBe(false)
  })

  it('keeps what a host tells to the list, and was asked of it once', async () => {
    install('gsettings', 'echo false')
    const { kind, quiet } = await toldByHost(environmentOf('GNOME'))
    expect({ kind, quiet }).toEqual({ kind: 'completed', quiet: true })
    expect(callsOf('gsettings')).toHaveLength(2)
  })

  it('is asked of nobody elsewhere', () => {
    expect(open('').known()).toBe(false)
  })

  it('is off where no answer comes in time', async () => {
    install('gsettings', 'exec sleep 600')
    open('GNOME')
    await system.ask()
    expect(system.known()).toBe(false)
  })

  it('is given up by a stop', async () => {
    install('gsettings', 'exec sleep 600')
    const isCalled = new Promise<void>((resolve) => {
      const watcher = watch(folder, (_event, name) => {
        if (name !== 'gsettings.calls') return
        watcher.close()
        resolve()
      })
    })
    open('GNOME')
    const asked = system.ask()
    await isCalled
    await system.stop()
    await asked
    expect(system.known()).toBe(false)
  })
})
