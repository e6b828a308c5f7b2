import { Check, TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ParamsOf, ResultOf } from '../../../../shared/rpc/contract.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { type Text, useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'

type Answer = ResultOf<'settings.testModel'>
type Problem = Extract<Answer, { ok: false }>['problem']

/** Tries what is typed, saved or not. Made anew when that changes, which ends a test that runs. */
export function ModelTest({ change }: { readonly change: ParamsOf<'settings.testModel'> }) {
  const host = useHost()
  const text = useText().settings.model
  const running = useRef<AbortController | null>(null)
  const [isRunning, setRunning] = useState(false)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const test = () => {
    const controller = new AbortController()
    running.current = controller
    setRunning(true)
    setAnswer(null)
    setRefused(null)
    host
      .call('settings.testModel', change, { signal: controller.signal })
      .then(setAnswer, (reason: unknown) => {
        if (!controller.signal.aborted) setRefused(messageOf(reason))
      })
      .finally(() => setRunning(false))
  }
  return (
    <>
      <div role="status" className="min-h-8 min-w-0 flex-1 text-xs leading-8">
        {isRunning && <span className="text-muted">{text.testing}</span>}
        {answer?.ok && (
          <span className="inline-flex items-center gap-1.5 text-good">
            <Check aria-hidden size={14} />
            {text.works(answer.model, (answer.durationMs / 1000).toFixed(1))}
          </span>
        )}
        {answer?.ok === false && (
          <Wrong what={titleOf(answer.problem, text)} why={answer.problem.message} />
        )}
        {refused !== null && <Wrong what={text.problem.other} why={refused} />}
      </div>
      <Button disabled={isRunning} onClick={test}>
        {text.test}
      </Button>
    </>
  )
}

function Wrong({ what, why }: { readonly what: string; readonly why: string }) {
  return (
    <div className="py-1.5 leading-normal">
      <p className="flex items-center gap-1.5 font-medium text-bad">
        <TriangleAlert aria-hidden size={14} />
        {what}
      </p>
      <p className="mt-0.5 break-words text-muted">{why}</p>
    </div>
  )
}

function titleOf({ code }: Problem, { problem }: Text['settings']['model']): string {
  return Object.entries(problem).find(([known]) => known === code)?.[1] ?? problem.other
}
