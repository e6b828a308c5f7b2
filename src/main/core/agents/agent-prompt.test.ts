import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskRecord } from '../tasks/task-record.js'
import { agentSystemPrompt } from './agent-prompt.js'

let folder: string
let workspace: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'prompt-')))
  workspace = join(folder, 'workspace')
  mkdirSync(workspace)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const prompt = () => agentSystemPrompt({ agentType: 'tester', workspace } as TaskRecord)
const guide = () => join(workspace, 'AGENTS.md')

describe('the guide of a project', () => {
  it('is told to the agent, also through a link inside', async () => {
    writeFileSync(join(workspace, 'GUIDE.md'), 'Write in haiku.')
    symlinkSync('GUIDE.md', guide())
    expect(await prompt()).toContain('Write in haiku.')
  })

  it('may be absent, empty or a folder', async () => {
    expect(await prompt()).toMatch(/Your role: tester\.$/)
    writeFileSync(guide(), ' \n')
    expect(await prompt()).toMatch(/Your role: tester\.$/)
    rmSync(guide())
    mkdirSync(guide())
    expect(await prompt()).toMatch(/Your role: tester\.$/)
  })

  it('is cut where it is long, and never inside a character', async () => {
    writeFileSync(guide(), `a${'é'.repeat(40_000)}`)
    const text = await prompt()
    expect(text).not.toContain('\uFFFD')
    expect(text.length).toBeLessThan(25_000)
  })

  it('never comes from outside of the workspace', async () => {
    writeFileSync(join(folder, 'secret'), 'a private key')
    symlinkSync(join(folder, 'secret'), guide())
    expect(await prompt()).not.toContain('a private key')
  })

  it.skipIf(process.platform === 'win32')('cannot hold up the agent as a pipe', async () => {
    execFileSync('mkfifo', [guide()])
    expect(await prompt()).toMatch(/Your role: tester\.$/)
  })
})
