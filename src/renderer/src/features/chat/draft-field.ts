import type { ConversationId } from '../../../../shared/model/ids.js'
import { draftAfterSending, draftOf, dropSent, keepDraft } from '../../stores/drafts.js'

const SAVE_AFTER_MS = 200

type Owner = ConversationId | null

/**
 * The text field as the place where drafts live. It holds the draft of one conversation at a
 * time, its owner; the others are in storage. Typing costs one timer and no rendering.
 */
export class DraftField {
  readonly #field: HTMLTextAreaElement
  #owner: Owner
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(field: HTMLTextAreaElement, owner: Owner) {
    this.#field = field
    this.#owner = owner
    this.#show(draftOf(owner))
  }

  get owner(): Owner {
    return this.#owner
  }

  get text(): string {
    return this.#field.value
  }

  /** Writes the draft a moment after the last key. */
  typed(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.save(), SAVE_AFTER_MS)
  }

  save(): void {
    clearTimeout(this.#timer)
    keepDraft(this.#owner, this.#field.value)
  }

  /** Puts the draft of another conversation into the field. */
  turnTo(owner: Owner): void {
    if (owner === this.#owner) return
    this.save()
    this.#owner = owner
    this.#show(draftOf(owner))
  }

  /** What is in the field belongs to the conversation that it has just begun. */
  became(owner: ConversationId): void {
    if (this.#owner !== null) return
    keepDraft(null, '')
    this.#owner = owner
    this.save()
  }

  /** The host has accepted a text: it leaves the draft, and nothing else does. */
  accepted(owner: ConversationId, text: string): void {
    if (owner !== this.#owner) {
      dropSent(owner, text)
      return
    }
    this.#field.value = draftAfterSending(this.#field.value, text)
    this.save()
  }

  /** Puts what was said back to where it can be changed, unless something else is typed there. */
  giveBack(owner: ConversationId, text: string): void {
    if (owner !== this.#owner) {
      if (draftOf(owner).trim() === '') keepDraft(owner, text)
      return
    }
    if (this.text.trim() !== '') return
    this.#show(text)
    this.save()
    this.#field.focus()
  }

  #show(text: string): void {
    this.#field.value = text
    this.#field.setSelectionRange(text.length, text.length)
  }
}
