import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../../../test/support/simulated-clock.js'
import { WorkspaceResolver } from './intake.js'

describe('WorkspaceResolver', () => {
  let folder: string
  let resolver: WorkspaceResolver

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'intake-')))
    resolver = new WorkspaceResolver(new SimulatedClock())
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('looks once for all who ask at the same time', async () => {
    const look = resolver.resolve(folder)
    expect(resolver.resolve(folder)).toBe(look)
    expect(await look).toBe(folder)
  })

  it('looks anew for a folder that was missing', async () => {
    const later = join(folder, 'later')
    await expect(resolver.resolve(later)).rejects.toMatchObject({ code: 'not_found' })
    await mkdir(later)
    expect(await resolver.resolve(later)).toBe(later)
  })
})
