import type { TaskId } from '../../../../shared/model/ids.js'

const LONGEST_NAME = 60

/** A sentence of the host with the names of tasks in place of their ids; one that is not known keeps its id. */
export function withNames(sentence: string, nameOf: (id: TaskId) => string | undefined): string {
  return sentence.replaceAll(/\btask_[A-Za-z0-9]+/g, (id) => {
    const name = nameOf(id as TaskId)
    if (name === undefined) return id
    return `“${name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME).trimEnd()}…` : name}”`
  })
}
