import { describe, expect, it } from 'vitest'
import { AppError } from '../../../../shared/rpc/errors.js'
import { fieldErrors } from './field-errors.js'

const FIELDS = ['baseUrl', 'model'] as const

describe('errors at their fields', () => {
  it('puts each complaint where it belongs', () => {
    const error = new AppError(
      'invalid_params',
      'settings.set: baseUrl: must be a URL, not "x"; model: is missing',
    )
    expect(fieldErrors(error, FIELDS)).toEqual({
      baseUrl: 'Must be a URL, not "x"',
      model: 'Is missing',
    })
  })

  it('reads what stands deeper, and what goes on about the same field', () => {
    const error = new AppError(
      'invalid_params',
      'config.tools[1]: there is no tool "x"; there are a, b; config.model: is missing',
    )
    const method = new AppError('invalid_params', `async.createAgent: ${error.message}`)
    for (const told of [error, method]) {
      expect(fieldErrors(told, ['config.tools', 'config.model'])).toEqual({
        'config.tools': 'There is no tool "x"; there are a, b',
        'config.model': 'Is missing',
      })
    }
    const first = new AppError('invalid_params', 'config.model: is missing')
    expect(fieldErrors(first, ['config.model'])).toEqual({ 'config.model': 'Is missing' })
  })

  it('keeps for the form what names no field of it', () => {
    const error = new AppError('internal', 'disk: is full')
    expect(fieldErrors(error, FIELDS)).toEqual({ form: 'Disk: is full' })
  })
})
