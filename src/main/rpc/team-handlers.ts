import type { Core } from '../core/index.js'
import { DEFAULT_PAGE, numberIn } from './cursor.js'
import type { Part } from './handler.js'

/** Questions to the person, plans of leads, and what becomes of changes. */
export function teamHandlers(
  core: Core,
): Part<'blocker'> & Part<'plan'> & Part<'change'> & Part<'workflow'> & Part<'checkpoint'> {
  return {
    ...blockerHandlers(core),
    ...changeHandlers(core),
    ...planHandlers(core),
  }
}

function blockerHandlers({ blockers, events }: Core): Part<'blocker'> {
  return {
    'blocker.list': ({ limit = DEFAULT_PAGE, cursor, ...wanted }) => {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : numberIn(cursor)
      const page = blockers.list({ ...wanted, before, limit })
      const nextCursor = page.next === null ? null : String(page.next)
      return { blockers: page.blockers, nextCursor, seq: events.lastSeq() }
    },
    'blocker.get': ({ blockerId }) => ({ blocker: blockers.get(blockerId) }),
    'blocker.answer': ({ blockerId, answer }) => ({ blocker: blockers.answer(blockerId, answer) }),
  }
}

function changeHandlers({ changes, events }: Core): Part<'change'> {
  return {
    'change.get': async ({ taskId }) => ({ ...(await changes.get(taskId)), seq: events.lastSeq() }),
    'change.diff': async ({ taskId, path }) => ({ files: await changes.diff(taskId, path) }),
    'change.apply': async ({ taskId }) => ({ worktree: await changes.apply(taskId) }),
    'change.branch': ({ taskId, name }) => changes.branch(taskId, name),
    'change.discard': async ({ taskId }) => ({ worktree: await changes.discard(taskId) }),
    'change.resolve': async ({ taskId }) => ({ taskId: await changes.resolve(taskId) }),
    'change.comments': ({ taskId }) => ({ comments: changes.comments(taskId) }),
    'change.comment': ({ taskId, ...comment }) => ({ comment: changes.comment(taskId, comment) }),
    'change.uncomment': ({ commentId }) => {
      changes.uncomment(commentId)
      return { commentId }
    },
    'change.sendComments': async ({ taskId }) => ({ taskId: await changes.sendComments(taskId) }),
    'change.leftovers': async () => ({ worktrees: await changes.leftovers() }),
  }
}

function planHandlers({
  plans,
  workflows,
  checkpoints,
  events,
}: Core): Part<'plan'> & Part<'workflow'> & Part<'checkpoint'> {
  return {
    'plan.list': ({ taskId }) => ({ plans: plans.list(taskId), seq: events.lastSeq() }),
    'plan.update': async ({ planId, parts }) => ({ plan: await plans.update(planId, parts) }),
    'plan.approve': ({ planId }) => ({ plan: plans.approve(planId) }),
    'plan.reject': ({ planId, reason }) => ({ plan: plans.reject(planId, reason) }),
    'workflow.list': ({ workspace }) => workflows.list(workspace),
    'workflow.get': async ({ name, workspace }) => ({
      workflow: await workflows.get(name, workspace),
    }),
    'workflow.start': async (start) => ({ taskId: await workflows.start(start) }),
    'checkpoint.create': async ({ taskId, name }) => ({
      checkpoint: await checkpoints.create(taskId, name),
    }),
    'checkpoint.list': ({ taskId }) => ({
      checkpoints: checkpoints.list(taskId),
      seq: events.lastSeq(),
    }),
    'checkpoint.restore': async ({ checkpointId }) => ({
      taskId: await checkpoints.restore(checkpointId),
    }),
    'checkpoint.delete': async ({ checkpointId }) => {
      await checkpoints.delete(checkpointId)
      return { checkpointId }
    },
  }
}
