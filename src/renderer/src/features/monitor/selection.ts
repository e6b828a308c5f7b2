import type { TaskId } from '../../../../shared/model/ids.js'

/** Which rows are selected, and from where a range is drawn. */
export interface Selection {
  readonly ids: ReadonlySet<TaskId>
  readonly anchor: TaskId | null
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), anchor: null }

/** As in a list of files: a click takes it in or out, Shift takes everything since the last one. */
export function selected(
  { ids, anchor }: Selection,
  id: TaskId,
  order: readonly TaskId[],
  range: boolean,
): Selection {
  const from = anchor === null ? -1 : order.indexOf(anchor)
  const to = order.indexOf(id)
  if (range && from >= 0 && to >= 0) {
    const between = order.slice(Math.min(from, to), Math.max(from, to) + 1)
    return { ids: new Set([...ids, ...between]), anchor }
  }
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}

/** All of what is shown, or none where all of it was selected. */
export function toggledAll({ ids }: Selection, order: readonly TaskId[]): Selection {
  const all = order.length > 0 && order.every((id) => ids.has(id))
  return all ? NOTHING_SELECTED : { ids: new Set(order), anchor: order[0] ?? null }
}

/** Only what can still be seen: an action must not reach a task that is out of sight. */
export function among(selection: Selection, order: readonly TaskId[]): readonly TaskId[] {
  return order.filter((id) => selection.ids.has(id))
}
