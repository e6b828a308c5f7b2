import type { TaskResult, TaskView } from '../../../../shared/model/task.js'
import { plainOutput } from '../../stores/ansi.js'
import { useText } from '../../text/text.js'
import { CopyButton } from '../../ui/copy-button.js'
import { formatNumber, formatSpent } from '../../ui/format.js'
import { SkeletonRows } from '../../ui/pane.js'
import { CodeBlock } from '../markdown/code-block.js'
import { Markdown } from '../markdown/markdown.js'
import { NotText } from './not-text.js'
import { contentOf, type ResultContent } from './result-content.js'

interface TaskResultViewProps {
  readonly task: TaskView
  readonly result: TaskResult | null
}

export function TaskResultView({ task, result }: TaskResultViewProps) {
  const text = useText().tasks.result
  if (result === null) return <SkeletonRows rows={6} />
  const content = contentOf(result.output, task.type)
  return (
    <article aria-label={text.label} className="px-4 py-3">
      <Metrics result={result} content={content} />
      <Content content={content} failed={task.state !== 'completed'} />
      {result.artifacts && result.artifacts.files.length > 0 && (
        <section className="mt-4">
          <h3 className="font-medium">
            {text.files(result.artifacts.files.length, result.artifacts.changes)}
          </h3>
          <ul className="mt-1 font-mono text-muted text-xs">
            {result.artifacts.files.map((file) => (
              <li key={file}>{file}</li>
            ))}
          </ul>
        </section>
      )}
    </article>
  )
}

interface MetricsProps {
  readonly result: TaskResult
  readonly content: ResultContent
}

function Metrics({ result, content }: MetricsProps) {
  const { costs, tasks } = useText()
  const text = tasks.result
  const { duration, tokensUsed, agentsInvolved } = result.metrics
  const facts = [
    content.kind === 'command' && content.exitCode !== null && text.exitCode(content.exitCode),
    formatSpent(duration * 1000),
    tokensUsed > 0 && costs.tokens(tokensUsed, formatNumber(tokensUsed)),
    agentsInvolved.length > 1 && text.agents(agentsInvolved.length),
  ]
  return (
    <div className="mb-2 flex items-center justify-between">
      <p className="figures text-muted text-xs">{facts.filter(Boolean).join(' · ')}</p>
      {content.kind !== 'none' && <CopyButton text={content.text} label={text.copy} />}
    </div>
  )
}

interface ContentProps {
  readonly content: ResultContent
  readonly failed: boolean
}

function Content({ content, failed }: ContentProps) {
  const text = useText().tasks.result
  switch (content.kind) {
    case 'markdown':
      return <Markdown text={content.text} />
    case 'command':
      return content.text === '' ? (
        <p className="text-muted">{text.nothingPrinted}</p>
      ) : (
        <>
          <NotText of={content.text} />
          <CodeBlock code={plainOutput(content.text)} language="" />
        </>
      )
    case 'data':
      return <CodeBlock code={content.text} language="json" />
    case 'none':
      return <p className="text-muted">{failed ? text.noneFailed : text.none}</p>
  }
}
