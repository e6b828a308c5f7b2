import type { TaskId } from '../../../../shared/model/ids.js'
import { currentText } from '../../text/text.js'

const LONGEST_NAME = 60

/** The description of a task as a sentence names it: short and in quotes; null of one that is not known. */
export function shortName(description: string | undefined): string | null {
  if (description === undefined) return null
  const isLong = description.length > LONGEST_NAME
  const name = isLong ? `${description.slice(0, LONGEST_NAME).trimEnd()}…` : description
  return currentText().ui.quoted(name)
}

/** A sentence of the host with the names of tasks in place of their ids; one that is not known keeps its id. */
export function withNames(sentence: string, nameOf: (id: TaskId) => string | undefined): string {
  return sentence.replaceAll(/\btask_[A-Za-z0-9]+/g, (id) => shortName(nameOf(id as TaskId)) ?? id)
}
