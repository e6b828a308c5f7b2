import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SilentLogger } from '../../../../test/support/silent-logger.js'
import { ToolBench } from '../../../../test/support/tool-bench.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { parseToolInput } from '../models/invalid-tool-input.js'
import type { Tool } from './tool.js'
import { createToolRegistry } from './tool-registry.js'

const Input = z.strictObject({ count: z.int().min(1), names: z.array(z.string()).optional() })

function tool(run: Tool<typeof Input>['run']): Tool<typeof Input> {
  return {
    name: 'count',
    description: 'Counts.',
    input: Input,
    readOnly: true,
    summarize: (input) => `Count\n to ${input.count} ${'x'.repeat(500)}`,
    run,
  }
}

function registryOf(run: Tool<typeof Input>['run']) {
  const logger = new SilentLogger()
  return { logger, registry: createToolRegistry([tool(run)], { logger }) }
}

const fine: Tool<typeof Input>['run'] = async () => ({ content: 'ok', isError: false })

describe('the tool registry', () => {
  it('tells the model what each tool takes', async () => {
    await using bench = await ToolBench.create()
    const { definitions } = bench.registry
    expect(definitions.map((definition) => definition.name)).toEqual([
      'list_files',
      'search_files',
      'read_file',
      'edit_file',
      'write_file',
      'run_command',
      'update_plan',
      'finish',
    ])
    for (const { description, inputSchema } of definitions) {
      expect(description.length).toBeGreaterThan(40)
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
      expect(inputSchema).not.toHaveProperty('$schema')
    }
    expect(bench.registry.get('run_command')?.readOnly).toBe(false)
    expect(bench.registry.get('finish')?.readOnly).toBe(true)
  })

  it('names the known tools for one that it does not know', async () => {
    await using bench = await ToolBench.create()
    const outcome = await bench.run('delete_everything', {})
    expect(outcome.isError).toBe(true)
    expect(outcome.content).toMatch(/^not_found: .*"delete_everything".*list_files, .*finish$/)
  })

  it('says which field is wrong and how', async () => {
    const { registry } = registryOf(fine)
    await using bench = await ToolBench.create()
    const execute = async (input: unknown) =>
      (await registry.execute('count', input, bench.context())).content
    expect(await execute({})).toMatch(/^invalid_params: count: field count: /)
    expect(await execute({ count: 0 })).toContain('field count: Too small')
    expect(await execute({ count: 1, names: ['a', 2] })).toContain('field names[1]: ')
    expect(await execute({ count: 1, cuont: 1 })).toContain('cuont')
    expect(await execute(null)).toMatch(/^invalid_params: count: Invalid input/)
    expect(await execute({ count: 1, names: [1, 2, 3, 4, 5, 6, 7] })).toContain('; and 2 more')
  })

  it('gives broken JSON back to the model', async () => {
    const { registry } = registryOf(fine)
    await using bench = await ToolBench.create()
    const outcome = await registry.execute('count', parseToolInput('{"count": 1'), bench.context())
    expect(outcome.isError).toBe(true)
    expect(outcome.content).toMatch(
      /^invalid_params: the arguments of count were not a JSON object/,
    )
  })

  it('makes an outcome of an expected failure, and of a defect as well', async () => {
    await using bench = await ToolBench.create()
    const expected = registryOf(async () => {
      throw new AppError('conflict', 'not now')
    })
    expect(await expected.registry.execute('count', { count: 1 }, bench.context())).toEqual({
      content: 'conflict: not now',
      isError: true,
    })
    expect(expected.logger.records).toEqual([])
    const defect = registryOf(async () => {
      throw new TypeError('x is not a function')
    })
    expect(await defect.registry.execute('count', { count: 1 }, bench.context())).toEqual({
      content: 'internal: count failed: x is not a function',
      isError: true,
    })
    expect(defect.logger.messages('error')).toEqual(['a tool threw'])
  })

  it('calls a stopped tool cancelled, whatever it threw', async () => {
    await using bench = await ToolBench.create()
    const { registry, logger } = registryOf(async () => {
      bench.stop()
      throw new Error('closed')
    })
    const context = bench.context()
    const during = await registry.execute('count', { count: 1 }, context)
    const after = await registry.execute('count', { count: 1 }, context)
    expect(during.content).toBe('cancelled: count was stopped')
    expect(after).toEqual(during)
    expect(logger.records).toEqual([])
  })

  it('never lets a huge result through', async () => {
    await using bench = await ToolBench.create()
    const content = 'ä'.repeat(25 * 1024 * 1024)
    const { registry } = registryOf(async () => ({ content, isError: false }))
    const outcome = await registry.execute('count', { count: 1 }, bench.context())
    expect(Buffer.byteLength(outcome.content)).toBeLessThan(65_700)
    expect(outcome.content).toContain('bytes left out')
  })

  it('sums a call up in one short line', () => {
    const { registry } = registryOf(fine)
    expect(registry.summarize('count', { count: 3 })).toMatch(/^Count to 3 x{180,}…$/)
    expect(registry.summarize('count', { count: 'x' })).toBe('count')
    expect(registry.summarize('other', {})).toBe('other')
  })

  it('does not take two tools of one name', () => {
    expect(() =>
      createToolRegistry([tool(fine), tool(fine)], { logger: new SilentLogger() }),
    ).toThrow('share a name')
  })
})

describe('summaries of the tools', () => {
  it.each([
    ['list_files', {}, 'List the workspace'],
    ['list_files', { path: 'src', glob: '*.ts' }, 'List src (*.ts)'],
    ['search_files', { pattern: 'TODO', path: 'src' }, 'Search for TODO in src'],
    ['search_files', { pattern: 'TODO' }, 'Search for TODO'],
    ['read_file', { path: 'a.ts', offset: 5 }, 'Read a.ts from line 5'],
    ['read_file', { path: 'a.ts' }, 'Read a.ts'],
    ['edit_file', { path: 'a.ts', oldText: 'a', newText: 'b' }, 'Edit a.ts'],
    ['write_file', { path: 'a.ts', content: '' }, 'Write a.ts'],
    ['run_command', { command: 'npm test' }, 'npm test'],
    ['update_plan', { steps: [{ title: 'Look', state: 'active' }] }, 'Look'],
    ['update_plan', { steps: [{ title: 'Look', state: 'done' }] }, 'Plan of 1 steps'],
    ['finish', { success: true, report: 'x' }, 'Finish'],
    ['finish', { success: false, report: 'x' }, 'Finish without success'],
  ])('%s %j', async (name, input, expected) => {
    await using bench = await ToolBench.create()
    expect(bench.registry.summarize(name, input)).toBe(expected)
  })
})
