import { beforeEach, expect, it, vi } from 'vitest'
import { ConversationId } from '../../../../shared/model/ids.js'
import { draftOf, keepDraft } from '../../stores/drafts.js'
import { DraftField } from './draft-field.js'

const [here, there] = [ConversationId.parse('conv_here'), ConversationId.parse('conv_there')]

const field = { value: '', setSelectionRange: () => undefined, focus: () => undefined }
let draft: DraftField
beforeEach(() => {
  const stored = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, text: string) => stored.set(name, text),
    removeItem: (name: string) => stored.delete(name),
  })
  draft = new DraftField(field as unknown as HTMLTextAreaElement, here)
  return () => vi.unstubAllGlobals()
})

it('takes a text back where nothing is typed', () => {
  draft.giveBack(here, 'said too early')
  expect([field.value, draftOf(here)]).toEqual(['said too early', 'said too early'])
  draft.accepted(here, 'said too early')
  expect([field.value, draftOf(here)]).toEqual(['', ''])
})

it('never takes it in place of what is typed', () => {
  field.value = 'another thought'
  draft.giveBack(here, 'said too early')
  expect(field.value).toBe('another thought')
  keepDraft(there, 'a third')
  draft.giveBack(there, 'said too early')
  expect(draftOf(there)).toBe('a third')
})

it('keeps it for another chat than the one in the field', () => {
  draft.giveBack(there, 'said too early')
  expect([field.value, draftOf(there)]).toEqual(['', 'said too early'])
  draft.accepted(there, 'said too early')
  expect(draftOf(there)).toBe('')
})
