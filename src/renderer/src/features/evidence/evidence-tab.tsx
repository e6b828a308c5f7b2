import { ChevronRight, Circle, CircleAlert, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import type { Correction } from '../../../../shared/model/check.js'
import type { TaskView } from '../../../../shared/model/task.js'
import type { Finding } from '../../stores/evidence.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { formatMoment } from '../../ui/format.js'
import { SkeletonRows } from '../../ui/pane.js'
import { useNow } from '../../ui/time.js'
import { Markdown } from '../markdown/markdown.js'
import { OutputBox } from '../tasks/output-box.js'
import {
  type CheckState,
  correctionText,
  factsOf,
  type Happening,
  historyOf,
  type ShownCheck,
  shownChecks,
} from './check-states.js'
import { useEvidenceOf } from './use-evidence.js'

/** What has to be true before the task is done, what was found of it, and what was done about it. */
export function EvidenceTab({ task }: { readonly task: TaskView }) {
  const text = useText().evidence
  const { evidence, error } = useEvidenceOf(task.id)
  if (error === null && !evidence.complete) return <SkeletonRows rows={4} />
  const checks = shownChecks(task, evidence)
  const correction = evidence.corrections.at(-1)
  const history = historyOf(evidence)
  return (
    <div className="px-4 py-3">
      {error !== null && (
        <p role="alert" className="mb-2 break-words text-bad">
          {text.notRead(error)}
        </p>
      )}
      {correction?.state === 'in_progress' && <CorrectionNow correction={correction} />}
      {checks.length === 0 && <p className="text-muted">{text.none}</p>}
      <ul aria-label={text.checks} className="divide-y">
        {checks.map((check) => (
          <CheckItem key={check.position} check={check} />
        ))}
      </ul>
      {history.length > 1 && <History history={history} />}
    </div>
  )
}

function CorrectionNow({ correction }: { readonly correction: Correction }) {
  return (
    <section
      aria-label={useText().evidence.correction}
      className="mb-2 rounded-md border border-warn/40 bg-surface px-3 py-2"
    >
      <p className="flex items-center gap-2 font-medium">
        <span aria-hidden className="busy-dot shrink-0" />
        {correctionText(correction)}
      </p>
      <Failure text={correction.failure} />
    </section>
  )
}

function Failure({ text }: { readonly text: string }) {
  return <p className="mt-0.5 line-clamp-4 whitespace-pre-wrap break-words text-muted">{text}</p>
}

function CheckItem({ check }: { readonly check: ShownCheck }) {
  const text = useText().evidence
  const { name, state, finding } = check
  return (
    <li className="py-2">
      <p className="flex items-start gap-2">
        <CheckIcon state={state} />
        <span className="min-w-0 flex-1 break-words font-medium">{name}</span>
        <span className={cx('shrink-0 text-xs', state === 'failed' ? 'text-bad' : 'text-muted')}>
          {text.states[state]}
        </span>
      </p>
      {finding !== null && <FindingView finding={finding} name={name} />}
    </li>
  )
}

interface FindingViewProps {
  readonly finding: Finding
  readonly name: string
}

function FindingView({ finding, name }: FindingViewProps) {
  const text = useText().evidence
  // The reason for a failure is what people come for.
  const [open, setOpen] = useState(!finding.passed)
  const { detail, output, kind, round } = finding
  const what = kind === 'review' ? text.comments : text.output
  return (
    <div className="pl-[23px]">
      <p className="figures text-muted text-xs">{factsOf(finding)}</p>
      <p className="mt-0.5 break-words text-muted">{detail}</p>
      {output !== undefined && output !== '' && (
        <>
          <button
            type="button"
            aria-expanded={open}
            className="mt-1 flex items-center gap-1 rounded text-accent-text text-xs hover:underline"
            onClick={() => setOpen(!open)}
          >
            <ChevronRight aria-hidden size={13} className={cx(open && 'rotate-90')} />
            <span aria-hidden>{what}</span>
            <span className="sr-only">{text.ofRound(what, name, round)}</span>
          </button>
          {open && kind === 'review' && (
            <div className="mt-1.5">
              <Markdown text={output} />
            </div>
          )}
          {open && kind !== 'review' && (
            <OutputBox label={text.ofRound(text.output, name, round)} text={output} />
          )}
        </>
      )}
    </div>
  )
}

const LOOKS = {
  passed: { icon: CircleCheck, color: 'text-good' },
  failed: { icon: CircleAlert, color: 'text-bad' },
  open: { icon: Circle, color: 'text-border-strong' },
} as const

/** The state is always written out beside it, so the icon is only for the eye. */
function CheckIcon({ state }: { readonly state: CheckState }) {
  if (state === 'running') {
    return (
      <span aria-hidden className="mt-0.5 grid size-[15px] shrink-0 place-items-center">
        <span className="busy-dot" />
      </span>
    )
  }
  const { icon: Icon, color } = LOOKS[state]
  return <Icon aria-hidden size={15} strokeWidth={1.75} className={cx('mt-0.5 shrink-0', color)} />
}

function History({ history }: { readonly history: readonly Happening[] }) {
  const text = useText().evidence
  const now = useNow()
  return (
    <section aria-label={text.history} className="mt-3 border-t pt-3">
      <h3 className="font-medium">{text.history}</h3>
      <ol className="mt-1.5 flex flex-col gap-2.5">
        {history.map((happening) =>
          happening.kind === 'round' ? (
            <li key={`round ${happening.round}`}>
              <p>
                {text.round(happening.round)}
                <span className="figures text-muted text-xs">
                  {' '}
                  · {formatMoment(happening.findings[0]?.at ?? now, now)}
                </span>
              </p>
              <ul className="text-muted">
                {happening.findings.map((finding) => (
                  <li key={finding.position} className="break-words">
                    <span className={cx(finding.passed ? 'text-good' : 'text-bad')}>
                      {finding.passed ? text.passed : text.failed}
                    </span>{' '}
                    {finding.name}: {finding.detail}
                  </li>
                ))}
              </ul>
            </li>
          ) : (
            <li key={`correction ${happening.correction.attempt}`}>
              <p>{correctionText(happening.correction)}</p>
              <Failure text={happening.correction.failure} />
            </li>
          ),
        )}
      </ol>
    </section>
  )
}
