import type { TaskResult, TaskView } from '../../../../shared/model/task.js'
import { plainOutput } from '../../stores/ansi.js'
import { CopyButton } from '../../ui/copy-button.js'
import { formatDuration } from '../../ui/format.js'
import { SkeletonRows } from '../../ui/pane.js'
import { CodeBlock } from '../markdown/code-block.js'
import { Markdown } from '../markdown/markdown.js'
import { contentOf, type ResultContent } from './result-content.js'

interface TaskResultViewProps {
  readonly task: TaskView
  readonly result: TaskResult | null
}

export function TaskResultView({ task, result }: TaskResultViewProps) {
  if (result === null) return <SkeletonRows rows={6} />
  const content = contentOf(result.output, task.type)
  return (
    <article aria-label="Result" className="px-4 py-3">
      <Metrics result={result} content={content} />
      <Content content={content} failed={task.state !== 'completed'} />
      {result.artifacts && result.artifacts.files.length > 0 && (
        <section className="mt-4">
          <h3 className="font-medium">
            Files ({result.artifacts.files.length}, {result.artifacts.changes} changes)
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
  const { duration, tokensUsed, agentsInvolved } = result.metrics
  const facts = [
    content.kind === 'command' && content.exitCode !== null && `exit code ${content.exitCode}`,
    duration < 1 ? 'under 1s' : formatDuration(duration * 1000),
    tokensUsed > 0 && `${tokensUsed.toLocaleString()} tokens`,
    agentsInvolved.length > 1 && `${agentsInvolved.length} agents`,
  ]
  return (
    <div className="mb-2 flex items-center justify-between">
      <p className="figures text-muted text-xs">{facts.filter(Boolean).join(' · ')}</p>
      {content.kind !== 'none' && <CopyButton text={content.text} label="Copy result" />}
    </div>
  )
}

interface ContentProps {
  readonly content: ResultContent
  readonly failed: boolean
}

function Content({ content, failed }: ContentProps) {
  switch (content.kind) {
    case 'markdown':
      return <Markdown text={content.text} />
    case 'command':
      return content.text === '' ? (
        <p className="text-muted">The command printed nothing.</p>
      ) : (
        <CodeBlock code={plainOutput(content.text)} language="" />
      )
    case 'data':
      return <CodeBlock code={content.text} language="json" />
    case 'none':
      return (
        <p className="text-muted">
          {failed ? 'It ended before there was a result.' : 'It ended without anything to show.'}
        </p>
      )
  }
}
