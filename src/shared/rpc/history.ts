import { z } from 'zod'
import {
  ComparedOutput,
  ExportFormat,
  HistoryEntry,
  HistoryFilter,
  SavedFilter,
  SavedSearch,
} from '../model/history.js'
import { SearchId, TaskId } from '../model/ids.js'
import { TaskView } from '../model/task.js'
import { live, method } from './define.js'
import { PageParams } from './params.js'

const SearchName = z.string().trim().min(1, 'must not be empty').max(100)

const ComparedRun = z.object({
  task: TaskView,
  /** Running time in milliseconds; null of one that has not run. */
  durationMs: z.number().nullable(),
})
export type ComparedRun = z.infer<typeof ComparedRun>

/** What tasks have done and what was said, as far back as it is kept. */
export const historyMethods = {
  /**
   * Tasks and messages, newest first. A page that is shorter than its limit and still has a `nextCursor` is
   * what was found within the time of one answer: the search goes on from there.
   */
  'history.search': method(
    HistoryFilter.extend(PageParams),
    z.object({ entries: z.array(HistoryEntry), nextCursor: z.string().nullable() }),
  ),
  /**
   * One piece of a document: all pieces one after the other are the document. Ends with a `nextCursor` of null.
   * `taskIds` in place of a filter.
   */
  'history.export': method(
    HistoryFilter.extend({
      format: ExportFormat,
      taskIds: z.array(TaskId).min(1).max(10_000).optional(),
      ...PageParams,
    }),
    z.object({ text: z.string(), count: z.number(), nextCursor: z.string().nullable() }),
  ),
  /** Two runs side by side, and the difference of what they put out. */
  'history.compare': method(
    z.strictObject({ taskIds: z.tuple([TaskId, TaskId]) }),
    z.object({ runs: z.tuple([ComparedRun, ComparedRun]), output: ComparedOutput }),
  ),
  'history.saved.list': method(z.strictObject({}), z.object({ searches: z.array(SavedSearch) })),
  /** With `searchId` it changes that one. `conflict` for a name that another one has. */
  'history.saved.save': method(
    z.strictObject({ searchId: SearchId.optional(), name: SearchName, filter: SavedFilter }),
    z.object({ search: SavedSearch }),
  ),
  'history.saved.delete': method(
    z.strictObject({ searchId: SearchId }),
    z.object({ searchId: SearchId }),
  ),
}

export const historyEvents = {
  /** By any client. */
  'history.savedChanged': live(z.object({ searches: z.array(SavedSearch) })),
}
