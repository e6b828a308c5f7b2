import { chmod, lstat, mkdir, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ToolBench } from '../../../../test/support/tool-bench.js'
import { writeAtomically } from './atomic-write.js'
import { resolveInWorkspace } from './workspace-path.js'

let bench: ToolBench
beforeEach(async () => {
  bench = await ToolBench.create()
})
afterEach(() => bench[Symbol.asyncDispose]())

describe('write_file', () => {
  it('creates a file and the directories above it', async () => {
    expect(await bench.text('write_file', { path: 'src/new/a.ts', content: 'ä\n' })).toBe(
      'Created src/new/a.ts (3 bytes).',
    )
    expect(await bench.read('src/new/a.ts')).toBe('ä\n')
    expect(await bench.names()).toEqual(['src', 'src/new', 'src/new/a.ts'])
    expect(bench.changes).toEqual(['src/new/a.ts'])
  })

  it('replaces a file and keeps its permissions', async () => {
    await bench.put('run.sh', 'old', 0o755)
    expect(await bench.text('write_file', { path: './run.sh', content: 'newer' })).toBe(
      'Replaced run.sh (3 bytes before, 5 bytes now).',
    )
    expect(await bench.read('run.sh')).toBe('newer')
    expect((await stat(path.join(bench.workspace, 'run.sh'))).mode & 0o777).toBe(0o755)
    expect(await bench.names()).toEqual(['run.sh'])
  })

  it('writes through a link that stays inside, and keeps the link', async () => {
    await bench.put('real.txt', 'old')
    await symlink('real.txt', path.join(bench.workspace, 'alias.txt'))
    await bench.text('write_file', { path: 'alias.txt', content: 'new' })
    expect(await bench.read('real.txt')).toBe('new')
    expect((await lstat(path.join(bench.workspace, 'alias.txt'))).isSymbolicLink()).toBe(true)
    expect(bench.changes).toEqual(['real.txt'])
  })

  it('writes nothing outside', async () => {
    const secret = path.join(bench.root, 'secret')
    await mkdir(secret)
    await symlink('../secret', path.join(bench.workspace, 'out'))
    await symlink('../secret/new', path.join(bench.workspace, 'dangling'))
    for (const given of ['out/new', 'dangling', '../secret/new', path.join(secret, 'new')]) {
      expect(await bench.error('write_file', { path: given, content: 'x' })).toMatch(/^forbidden: /)
    }
    await expect(stat(path.join(secret, 'new'))).rejects.toThrow('ENOENT')
    expect(bench.changes).toEqual([])
  })

  it('cleans up what a crashed call of the same name has left', async () => {
    const context = bench.context()
    const place = await resolveInWorkspace(bench.workspace, 'a.txt')
    let temporary = ''
    await writeAtomically(place, 'one', null, context.callId)
    const { createHash } = await import('node:crypto')
    temporary = `.smart-agents-${createHash('sha256').update(context.callId).digest('hex').slice(0, 16)}.tmp`
    await bench.put(temporary, 'half of')
    await writeAtomically(place, 'two', null, context.callId)
    expect(await bench.names()).toEqual(['a.txt'])
    expect(await bench.read('a.txt')).toBe('two')
  })

  it('leaves nothing behind when it fails', async () => {
    await bench.put('dir/file', 'x')
    const place = await resolveInWorkspace(bench.workspace, 'dir')
    await expect(writeAtomically(place, 'x', null, 'call')).rejects.toMatchObject({
      code: 'invalid_params',
    })
    expect(await bench.names()).toEqual(['dir', 'dir/file'])
  })

  it('notices a link that took the place of a directory', async () => {
    const place = await resolveInWorkspace(bench.workspace, 'src/a.ts')
    await mkdir(path.join(bench.root, 'secret'))
    await symlink('../secret', path.join(bench.workspace, 'src'))
    await expect(writeAtomically(place, 'x', null, 'call')).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(stat(path.join(bench.root, 'secret/a.ts'))).rejects.toThrow('ENOENT')
  })

  it.each([
    ['dir', 'x', /^invalid_params: "dir" is a directory/],
    ['new/', 'x', /^invalid_params: "new" is a directory/],
    ['.', 'x', /^invalid_params: "\." is a directory/],
    ['file/below', 'x', /^invalid_params: .*through a file/],
    ['big', 'x'.repeat(5 * 1024 * 1024 + 1), /^invalid_params: .*field content: .*5242880 bytes/],
  ])('says why it cannot write %j', async (given, content, expected) => {
    await mkdir(path.join(bench.workspace, 'dir'))
    await bench.put('file', 'x')
    expect(await bench.error('write_file', { path: given, content })).toMatch(expected)
    expect(await bench.names()).toEqual(['dir', 'file'])
  })

  it('replaces a file that it may not write into, as an editor would', async () => {
    await bench.put('locked', 'x')
    await chmod(path.join(bench.workspace, 'locked'), 0o444)
    await bench.text('write_file', { path: 'locked', content: 'y' })
    expect(await bench.read('locked')).toBe('y')
  })
})

describe('edit_file', () => {
  it('replaces the one place and says where', async () => {
    await bench.put('a.ts', 'one\ntwo\nthree\n', 0o600)
    const input = { path: 'a.ts', oldText: 'two\nthr', newText: '$& 2' }
    expect(await bench.text('edit_file', input)).toBe('Edited a.ts: 1 replacement at line 2.')
    expect(await bench.read('a.ts')).toBe('one\n$& 2ee\n')
    expect((await stat(path.join(bench.workspace, 'a.ts'))).mode & 0o777).toBe(0o600)
    expect(bench.changes).toEqual(['a.ts'])
  })

  it('asks which place is meant, or replaces all', async () => {
    await bench.put('a.ts', 'x\ny\nx\n')
    const input = { path: 'a.ts', oldText: 'x', newText: 'a\nb' }
    expect(await bench.error('edit_file', input)).toMatch(
      /^conflict: field oldText: 2 matches in "a.ts", at lines 1, 3; .*replaceAll$/,
    )
    expect(bench.changes).toEqual([])
    expect(await bench.text('edit_file', { ...input, replaceAll: true })).toBe(
      'Edited a.ts: 2 replacements at lines 1, 4.',
    )
    expect(await bench.read('a.ts')).toBe('a\nb\ny\na\nb\n')
  })

  it('names the nearest line when there is no match', async () => {
    await bench.put('a.ts', 'const a = 1\n  return compute(a)\n')
    const error = (oldText: string) =>
      bench.error('edit_file', { path: 'a.ts', oldText, newText: '' })
    expect(await error('\n    return compute( a )\n')).toBe(
      'not_found: field oldText: 0 matches in "a.ts"; the nearest line is 2: "  return compute(a)"',
    )
    expect(await error('zzz qqq')).toContain('read the file again')
    expect(await error('\n\n\n')).toContain('read the file again')
  })

  it('keeps Windows line endings, and a byte order mark', async () => {
    await bench.put('dos.txt', '\ufeffone\r\ntwo\r\nthree\r\n')
    await bench.text('edit_file', { path: 'dos.txt', oldText: 'one\ntwo', newText: '1\n2\n2.5' })
    expect(await bench.read('dos.txt')).toBe('\ufeff1\r\n2\r\n2.5\r\nthree\r\n')
  })

  it.each([
    ['empty oldText', { oldText: '' }, /^invalid_params: .*field oldText: .*write_file/],
    ['nothing to change', { oldText: 'a', newText: 'a' }, /field newText: must differ/],
    ['a binary file', { path: 'blob' }, /^invalid_params: "blob" is a binary file/],
    ['a file in another encoding', { path: 'latin1' }, /^invalid_params: .*not valid UTF-8/],
    ['a huge file', { path: 'huge' }, /^limit_exceeded: .*5242881 bytes/],
    ['a result that is too long', { path: 'full', newText: 'aaa' }, /^limit_exceeded: .*longer/],
    ['no file', { path: 'nothing' }, /^not_found: /],
    ['the workspace', { path: '.' }, /^invalid_params: .*directory/],
    ['a place outside', { path: '../x' }, /^forbidden: /],
  ])('refuses %s and changes nothing', async (_, input, expected) => {
    await bench.put('a.ts', 'a')
    await bench.put('blob', Buffer.from([97, 0, 98]))
    await bench.put('latin1', Buffer.from([97, 0xe4, 98]))
    await bench.put('huge', 'x'.repeat(5 * 1024 * 1024 + 1))
    await bench.put('full', `a${'x'.repeat(5 * 1024 * 1024 - 1)}`)
    await writeFile(path.join(bench.root, 'x'), 'a')
    const whole = { path: 'a.ts', oldText: 'a', newText: 'b', ...input }
    expect(await bench.error('edit_file', whole)).toMatch(expected)
    expect(bench.changes).toEqual([])
  })
})
