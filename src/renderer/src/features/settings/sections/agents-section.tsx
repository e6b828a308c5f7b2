import { useEffect, useState } from 'react'
import { TeamSettings } from '../../../../../shared/model/settings.js'
import type { ResultOf } from '../../../../../shared/rpc/contract.js'
import { messageOf } from '../../../../../shared/rpc/errors.js'
import { useHost } from '../../../app/host.js'
import type { Settings } from '../../../stores/settings.js'
import { useText } from '../../../text/text.js'
import { cx } from '../../../ui/class-names.js'
import { SkeletonRows } from '../../../ui/pane.js'
import { ChoiceSetting, NumberSetting, SwitchSetting } from '../setting-controls.js'
import { SettingRow } from '../setting-row.js'
import { useSaver } from '../use-saving.js'

const USUAL = TeamSettings.parse({})
const MOST_HOURS = 8760
const Hours = TeamSettings.shape.questionExpiryHours.unwrap()

/** How agents work together and where, and which there are. */
export function AgentsSection({ settings }: { readonly settings: Settings }) {
  return (
    <>
      <PlanApproval value={settings.planApproval} />
      <Place item="isolateInGit" value={settings.isolateInGit} />
      <Place item="copyWithoutGit" value={settings.copyWithoutGit} />
      <Expiry value={settings.questionExpiryHours} />
      <Definitions workspace={settings.workspace} />
    </>
  )
}

function PlanApproval({ value }: { readonly value: TeamSettings['planApproval'] }) {
  const text = useText().settings.planApproval
  const saver = useSaver()
  return (
    <ChoiceSetting
      item="planApproval"
      value={value}
      usual={USUAL.planApproval}
      options={[
        { value: 'auto', label: text.auto, hint: text.autoHint },
        { value: 'ask', label: text.ask, hint: text.askHint },
        { value: 'run', label: text.run, hint: text.runHint },
      ]}
      saver={saver}
      onSave={(planApproval) => saver.save({ planApproval })}
    />
  )
}

interface PlaceProps {
  readonly item: 'isolateInGit' | 'copyWithoutGit'
  readonly value: boolean
}

function Place({ item, value }: PlaceProps) {
  const saver = useSaver()
  return (
    <SwitchSetting
      item={item}
      value={value}
      usual={USUAL[item]}
      saver={saver}
      onSave={(next) => saver.save({ [item]: next })}
    />
  )
}

function Expiry({ value }: { readonly value: number | null }) {
  const text = useText().settings
  const saver = useSaver()
  return (
    <NumberSetting
      item="questionExpiryHours"
      value={value}
      usual={null}
      rule={Hours}
      wrong={text.number(0, MOST_HOURS)}
      unit={text.hours}
      empty={text.never}
      saver={saver}
      onSave={(questionExpiryHours) => saver.save({ questionExpiryHours })}
    />
  )
}

type Listed = ResultOf<'agent.definitions'>

/** Read anew each time that somebody looks: files change behind the program's back. */
function Definitions({ workspace }: { readonly workspace: string }) {
  const host = useHost()
  const text = useText().settings
  const [listed, setListed] = useState<Listed | null>(null)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    const given = new AbortController()
    host
      .call('agent.definitions', { workspace }, { signal: given.signal })
      .then(setListed, (reason: unknown) => {
        if (!given.signal.aborted) setError(messageOf(reason))
      })
    return () => given.abort()
  }, [host, workspace])
  const failure = error === null ? null : `${text.agents.notRead} ${error}`
  return (
    <SettingRow item="definitions" below error={failure}>
      {() => (listed === null ? error === null && <SkeletonRows rows={4} /> : <List {...listed} />)}
    </SettingRow>
  )
}

function List({ definitions, problems }: Listed) {
  const text = useText().settings.agents
  return (
    <div className="flex flex-col gap-4">
      {problems.length > 0 && (
        <div>
          <h5 className="font-medium">{text.problems(problems.length)}</h5>
          <ul className="mt-1 flex flex-col gap-1.5">
            {problems.map(({ path, line, message, severity }) => (
              <li key={`${path}:${line}:${message}`} className="text-xs">
                <p className={cx('break-words', severity === 'error' ? 'text-bad' : 'text-warn')}>
                  {message}
                </p>
                <p className="break-all font-mono text-muted">{text.line(path, line)}</p>
              </li>
            ))}
          </ul>
        </div>
      )}
      <ul className="divide-y rounded-md border">
        {definitions.map(({ name, description, source, path }) => (
          <li key={name} className="px-3 py-2">
            <p className="flex items-baseline justify-between gap-3">
              <span className="font-medium">{name}</span>
              <span className="shrink-0 text-faint text-xs">{text[source]}</span>
            </p>
            <p className="text-muted text-xs">{description}</p>
            <p className="mt-0.5 break-all font-mono text-faint text-xs">{path}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}
