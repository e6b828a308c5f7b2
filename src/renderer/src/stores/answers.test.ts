import { beforeEach, describe, expect, it } from 'vitest'
import { BlockerId } from '../../../shared/model/ids.js'
import {
  answerFailed,
  answerSent,
  draftAnswer,
  forgetAnswer,
  keepAnswer,
  NO_ANSWERS,
  useAnswers,
} from './answers.js'

const id = BlockerId.parse('blk_a')

beforeEach(() => useAnswers.setState(NO_ANSWERS))

describe('answers that the host has not accepted', () => {
  it('stay as they were typed when sending fails', () => {
    keepAnswer(id, 'Blue')
    answerSent(id, 'Blue')
    expect(useAnswers.getState().sent[id]).toEqual({ text: 'Blue', error: null })
    answerFailed(id, 'Blue', 'no connection')
    expect(useAnswers.getState().sent[id]?.error).toBe('no connection')
    expect(draftAnswer(id, useAnswers.getState())).toBe('Blue')
  })

  it('are gone once the host has one', () => {
    keepAnswer(id, 'Blue')
    answerSent(id, 'Blue')
    forgetAnswer(id)
    expect(useAnswers.getState()).toEqual(NO_ANSWERS)
    expect(draftAnswer(id, useAnswers.getState())).toBe('')
  })
})
