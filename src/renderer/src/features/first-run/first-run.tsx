import { useState } from 'react'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import type { Settings } from '../../stores/settings.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { ModelForm } from '../settings/model-form.js'
import { WorkspaceForm } from '../settings/workspace-form.js'

/** Two questions before the first chat; both can be changed later in the settings. */
export function FirstRun({ settings }: { readonly settings: Settings }) {
  const host = useHost()
  const text = useText().firstRun
  const [step, setStep] = useState(0)
  const [error, setError] = useState<string | null>(null)
  const steps = [
    { name: text.workspace, title: text.workspaceTitle },
    { name: text.model, title: text.modelTitle },
  ]
  const finish = () => {
    host
      .call('settings.set', { firstRunDone: true })
      .catch((reason: unknown) => setError(messageOf(reason)))
  }
  return (
    <main className="flex min-h-0 flex-1 flex-col justify-center-safe overflow-y-auto bg-surface">
      <div className="mx-auto w-full max-w-lg px-6 py-10">
        <h1 className="font-semibold text-lg">Smart Agents</h1>
        <p className="mt-1.5 text-base text-muted">{text.lead}</p>
        <ol aria-label={text.steps} className="mt-7 flex gap-5 border-b">
          {steps.map(({ name }, index) => (
            <li key={name} aria-current={index === step ? 'step' : undefined}>
              <button
                type="button"
                disabled={index > step}
                onClick={() => setStep(index)}
                className={cx(
                  'h-8 border-b-2',
                  index === step
                    ? 'border-accent-text font-medium'
                    : 'border-transparent text-muted',
                )}
              >
                {index + 1}. {name}
              </button>
            </li>
          ))}
        </ol>
        <h2 className="mt-5 mb-4 font-semibold text-base">{steps[step]?.title}</h2>
        {step === 0 ? (
          <WorkspaceForm
            workspace={settings.workspace}
            submit={text.next}
            onSaved={() => setStep(1)}
          />
        ) : (
          <ModelForm model={settings.model} submit={text.start} onSaved={finish} />
        )}
        {error && (
          <p role="alert" className="mt-3 text-bad">
            {error}
          </p>
        )}
      </div>
    </main>
  )
}
