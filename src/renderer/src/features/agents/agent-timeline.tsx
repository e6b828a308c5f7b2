import { useMemo } from 'react'
import { movesOf, useAgents } from '../../stores/agents.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { formatSecond } from '../../ui/format.js'
import { useNow } from '../../ui/time.js'
import type { AgentProps } from './agent-detail.js'
import { moveText } from './agent-text.js'

/** Every step in the life of an agent that this window has heard of, newest first. */
export function AgentTimeline({ sessionId, agentId }: AgentProps) {
  const text = useText()
  const { timeline, tabs } = text.agentDetail
  const now = useNow()
  const moves = useAgents((state) => state.moves)
  const own = useMemo(
    () => movesOf({ moves }, sessionId, agentId).toReversed(),
    [moves, sessionId, agentId],
  )
  return (
    <>
      {own.length > 0 && (
        <ol aria-label={tabs.timeline} className="ml-5 border-l py-2">
          {own.map((move) => {
            const { taskId, reason } = move
            return (
              <li key={move.seq} className="relative py-1.5 pr-4 pl-4">
                <span
                  aria-hidden
                  className="absolute top-3 -left-[3.5px] size-1.5 rounded-full bg-border-strong"
                />
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <span className="font-medium">{moveText(move, text)}</span>
                  <time className="figures text-muted text-xs">{formatSecond(move.at, now)}</time>
                  {taskId !== null && (
                    <button
                      type="button"
                      data-task={taskId}
                      className="rounded text-accent-text text-xs hover:underline"
                      onClick={() => showTask(taskId)}
                    >
                      {timeline.task}
                    </button>
                  )}
                </p>
                {reason !== null && <p className="break-words text-muted text-xs">{reason}</p>}
              </li>
            )
          })}
        </ol>
      )}
      <p className="px-4 py-3 text-muted text-xs">
        {own.length === 0 ? timeline.nothing : timeline.told}
      </p>
    </>
  )
}
