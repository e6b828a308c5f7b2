import { execFileSync } from 'node:child_process'
import { constants } from 'node:fs'
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ToolBench } from '../../../../test/support/tool-bench.js'
import { openFile, resolveInWorkspace } from './workspace-path.js'

let bench: ToolBench
let workspace: string
beforeEach(async () => {
  bench = await ToolBench.create()
  workspace = bench.workspace
  await bench.put('src/a.ts', 'inside')
  await mkdir(path.join(bench.root, 'secret'))
  await writeFile(path.join(bench.root, 'secret/key'), 'outside')
})
afterEach(() => bench[Symbol.asyncDispose]())

function link(target: string, name: string): Promise<void> {
  return symlink(target, path.join(workspace, name))
}

describe('resolveInWorkspace', () => {
  it.each([
    ['src/a.ts', 'src/a.ts', true],
    ['./src/../src/a.ts', 'src/a.ts', true],
    ['.', '', true],
    ['', '', true],
    ['new/deep/file.ts', 'new/deep/file.ts', false],
    ['..dots', '..dots', false],
    ['src/a.ts/below', 'src/a.ts/below', false],
  ])('takes %j', async (given, relative, exists) => {
    expect(await resolveInWorkspace(workspace, given)).toEqual({
      real: path.join(workspace, relative),
      relative,
      exists,
    })
  })

  it('takes an absolute path that leads inside, also by way of a link', async () => {
    await symlink(workspace, path.join(bench.root, 'alias'))
    for (const base of [workspace, path.join(bench.root, 'alias')]) {
      const place = await resolveInWorkspace(workspace, path.join(base, 'src/a.ts'))
      expect(place.relative).toBe('src/a.ts')
    }
  })

  it('follows a link that stays inside', async () => {
    await link('src', 'alias')
    expect((await resolveInWorkspace(workspace, 'alias/a.ts')).relative).toBe('src/a.ts')
    expect((await resolveInWorkspace(workspace, 'alias/new.ts')).relative).toBe('src/new.ts')
  })

  it.each([
    '..',
    '../secret/key',
    '../workspace-other',
    'src/../../secret/key',
    '/etc/passwd',
    '/',
    'a\0b',
  ])('refuses %j', async (given) => {
    await expect(resolveInWorkspace(workspace, given)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it.each([
    ['a file through a link', 'link/key'],
    ['a file that does not exist through a link', 'link/new/file'],
    ['the target of a link', 'keylink'],
    ['a chain of links', 'chain/key'],
    ['a link to nothing', 'dangling'],
    ['a file below a link to nothing', 'dangling/file'],
    ['a link to itself', 'loop'],
  ])('refuses %s', async (_, given) => {
    await link('../secret', 'link')
    await link(path.join(bench.root, 'secret/key'), 'keylink')
    await link('link', 'chain')
    await link('../secret/not-yet', 'dangling')
    await link('loop', 'loop')
    await expect(resolveInWorkspace(workspace, given)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('never answers with a place outside, whatever it is given', async () => {
    await link('../secret', 'link')
    const part = fc.constantFrom(
      '..',
      '.',
      'src',
      'link',
      'a.ts',
      'secret',
      'key',
      'new',
      '',
      'workspace',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), fc.boolean(), async (parts, absolute) => {
        const given = (absolute ? `${workspace}/` : '') + parts.join('/')
        const place = await resolveInWorkspace(workspace, given).catch(() => null)
        if (place === null) return
        expect(place.real === workspace || place.real.startsWith(`${workspace}/`)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('openFile', () => {
  async function swapped(given: string, swap: () => Promise<unknown>) {
    const place = await resolveInWorkspace(workspace, given)
    await swap()
    return openFile(place, constants.O_RDONLY)
  }

  it('does not follow a link that took the place of the file', async () => {
    const opened = swapped('src/a.ts', async () => {
      await rm(path.join(workspace, 'src/a.ts'))
      await link('../../secret/key', 'src/a.ts')
    })
    await expect(opened).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('notices a link that took the place of a directory on the way', async () => {
    await writeFile(path.join(bench.root, 'secret/a.ts'), 'outside')
    const opened = swapped('src/a.ts', async () => {
      await rename(path.join(workspace, 'src'), path.join(workspace, 'moved'))
      await link('../secret', 'src')
    })
    await expect(opened).rejects.toMatchObject({ code: 'conflict' })
  })

  it('does not wait for the other end of a pipe', async () => {
    execFileSync('mkfifo', [path.join(workspace, 'pipe')])
    const place = await resolveInWorkspace(workspace, 'pipe')
    await expect(openFile(place, constants.O_RDONLY)).rejects.toMatchObject({
      code: 'invalid_params',
      message: '"pipe" is not a regular file',
    })
  })

  it('points to list_files for a directory', async () => {
    const place = await resolveInWorkspace(workspace, 'src')
    await expect(openFile(place, constants.O_RDONLY)).rejects.toThrow('list_files')
  })

  it('says that a file does not exist', async () => {
    const place = await resolveInWorkspace(workspace, 'nothing.ts')
    await expect(openFile(place, constants.O_RDONLY)).rejects.toMatchObject({
      code: 'not_found',
      message: '"nothing.ts" does not exist',
    })
  })
})
