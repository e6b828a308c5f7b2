import { useRead } from '../../app/use-read.js'
import { useText } from '../../text/text.js'
import { SkeletonRows } from '../../ui/pane.js'
import { useNow } from '../../ui/time.js'
import { spentText, todayOf, unpricedText } from './cost-text.js'

const DAYS = 7
const MOST_AGENTS = 6

/** What models have used up: today, in a week, and by whom. */
export function CostSummary() {
  const text = useText().costs
  const { value, error } = useRead('cost.summary', { days: DAYS }, '')
  const now = useNow()
  if (error !== null) return <p className="mt-1.5 text-bad">{text.notRead(error)}</p>
  if (value === null) return <SkeletonRows rows={2} />
  const unpriced = unpricedText(value.total)
  const agents = [...value.byAgent].sort((a, b) => b.tokens - a.tokens).slice(0, MOST_AGENTS)
  const used = agents.filter(({ tokens }) => tokens > 0)
  return (
    <>
      <dl className="figures mt-1.5 grid grid-cols-[6rem_1fr] gap-x-3 gap-y-1">
        <dt className="text-muted">{text.today}</dt>
        <dd>{spentText(todayOf(value.byDay, now))}</dd>
        <dt className="text-muted">{text.week}</dt>
        <dd>{spentText(value.total)}</dd>
      </dl>
      {unpriced && <p className="mt-1.5 text-muted">{text.ofThese(unpriced)}</p>}
      {used.length > 0 && (
        <>
          <h4 className="mt-2.5 text-muted">{text.byAgent}</h4>
          <dl className="figures mt-1 grid grid-cols-[6rem_1fr] gap-x-3 gap-y-1">
            {used.map((row) => (
              <div key={row.agent} className="col-span-2 grid grid-cols-subgrid">
                <dt className="truncate" title={row.agent}>
                  {row.agent}
                </dt>
                <dd>{spentText(row)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  )
}
