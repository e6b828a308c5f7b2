import { describe, expect, it } from 'vitest'
import { AppError } from '../../../shared/rpc/errors.js'
import { codeOf, fileError } from './file-error.js'

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: something`), { code })
}

describe('fileError', () => {
  it.each([
    ['ENOENT', 'not_found', '"a" does not exist'],
    ['EACCES', 'forbidden', '"a" may not be accessed: the file system refuses it'],
    ['ENOSPC', 'limit_exceeded', '"a" could not be written: no space is left on the disk'],
    ['EIO', 'internal', '"a": EIO: something'],
  ])('makes of %s what a model can act on', (system, code, message) => {
    expect(fileError(systemError(system), 'a')).toMatchObject({ code, message })
  })

  it('leaves an error alone that says it already', () => {
    const error = new AppError('conflict', 'moved')
    expect(fileError(error, 'a')).toBe(error)
  })

  it('knows no code of what is no system error', () => {
    expect(codeOf(new Error('x'))).toBeNull()
    expect(codeOf('ENOENT')).toBeNull()
  })
})
