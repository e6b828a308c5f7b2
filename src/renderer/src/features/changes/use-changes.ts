import { useCallback, useEffect, useState } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { TaskState } from '../../../../shared/model/task.js'
import type {
  ChangedFile,
  FileDiff,
  LineComment,
  Worktree,
} from '../../../../shared/model/worktree.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useRead } from '../../app/use-read.js'
import { useChanges, withWorktree } from '../../stores/changes.js'
import { useConnection } from '../../stores/connection.js'

export interface KnownChanges {
  readonly worktree: Worktree | null
  /** Null until the host has answered. */
  readonly files: readonly ChangedFile[] | null
  readonly error: string | null
  /** Another text means that the changes are to be read again. */
  readonly stand: string
  readAgain(): void
}

/** Where a task works and which files it changed; read again whenever it moved or somebody decided. */
export function useKnownChanges(taskId: TaskId, state: TaskState): KnownChanges {
  const [asked, setAsked] = useState(0)
  const told = useChanges((changes) => changes.byTask[taskId])
  const stand = `${asked} ${state} ${told?.state} ${told?.updatedAt}`
  const { value, error } = useRead('change.get', { taskId }, `${asked} ${state} ${told?.state}`)
  useEffect(() => {
    const worktree = value?.worktree
    if (worktree) useChanges.setState((known) => withWorktree(known, worktree, value.seq))
  }, [value])
  const worktree = told ?? value?.worktree ?? null
  const readAgain = useCallback(() => setAsked((times) => times + 1), [])
  return { worktree, files: value?.files ?? null, error, stand, readAgain }
}

interface LoadedDiff {
  /** Null until the host has answered. */
  readonly files: readonly FileDiff[] | null
  readonly error: string | null
  readonly loaded: ReadonlyMap<string, FileDiff>
  /** Reads a file alone that was left out. */
  loadFile(path: string): Promise<void>
}

/** The diff, and the files of it that were asked for alone. */
export function useDiff(taskId: TaskId, stand: string): LoadedDiff {
  const host = useHost()
  const { value, error } = useRead('change.diff', { taskId }, stand)
  const [alone, setAlone] = useState<{ of: unknown; files: ReadonlyMap<string, FileDiff> }>({
    of: null,
    files: new Map(),
  })
  // What was read alone belongs to one reading of the whole, and goes with it.
  const loaded = alone.of === value ? alone.files : NONE
  const loadFile = async (path: string) => {
    const { files } = await host.call('change.diff', { taskId, path })
    setAlone((before) => {
      const kept = before.of === value ? before.files : NONE
      return {
        of: value,
        files: new Map([...kept, ...files.map((file) => [file.path, file] as const)]),
      }
    })
  }
  return { files: value?.files ?? null, error, loaded, loadFile }
}

const NONE: ReadonlyMap<string, FileDiff> = new Map()

export interface KnownComments {
  readonly comments: readonly LineComment[]
  readonly error: string | null
  add(comment: LineComment): void
  remove(id: LineComment['id']): void
  readAgain(): void
}

/** What was said to lines; no event tells of it, so what is done here is done here as well. */
export function useComments(taskId: TaskId, stand: string): KnownComments {
  const host = useHost()
  const ready = useConnection((connection) => connection.phase.name === 'ready')
  const [asked, setAsked] = useState(0)
  const [known, setKnown] = useState<{ comments: readonly LineComment[]; error: string | null }>({
    comments: [],
    error: null,
  })
  const question = ready ? `${asked} ${stand}` : null
  useEffect(() => {
    if (question === null) return
    const given = new AbortController()
    host.call('change.comments', { taskId }, { signal: given.signal }).then(
      ({ comments }) => setKnown({ comments, error: null }),
      (error: unknown) => {
        if (!given.signal.aborted) setKnown((last) => ({ ...last, error: messageOf(error) }))
      },
    )
    return () => given.abort()
  }, [host, taskId, question])
  return {
    ...known,
    add: (comment) => setKnown((last) => ({ ...last, comments: [...last.comments, comment] })),
    remove: (id) =>
      setKnown((last) => ({ ...last, comments: last.comments.filter((one) => one.id !== id) })),
    readAgain: () => setAsked((times) => times + 1),
  }
}
