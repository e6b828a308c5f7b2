import { Tabs } from 'radix-ui'
import { toast } from 'sonner'
import { useSettings } from '../../stores/settings.js'
import { openDialog, setTheme, type Theme, useView } from '../../stores/view.js'
import { Choice } from '../../ui/choice.js'
import { Dialog } from '../../ui/dialog.js'
import { AsyncChoice } from './async-choice.js'
import { LimitsForm } from './limits-form.js'
import { ModelForm } from './model-form.js'
import { TeamsForm } from './teams-form.js'
import { WorkspaceForm } from './workspace-form.js'

const SECTIONS = [
  { value: 'model', label: 'Model' },
  { value: 'workspace', label: 'Workspace' },
  { value: 'limits', label: 'Limits' },
  { value: 'teams', label: 'Teams' },
  { value: 'appearance', label: 'Appearance' },
]

const THEMES: ReadonlyArray<{ readonly value: Theme; readonly label: string }> = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

export function SettingsDialog() {
  const settings = useSettings((state) => state.settings)
  const health = useSettings((state) => state.health)
  const theme = useView((view) => view.theme)
  if (settings === null) return null
  return (
    <Dialog title="Settings" wide onClose={() => openDialog(null)}>
      <Tabs.Root
        defaultValue="model"
        orientation="vertical"
        className="flex h-[30rem] max-h-full min-h-0"
      >
        <Tabs.List
          aria-label="Sections"
          className="flex w-36 shrink-0 flex-col gap-0.5 border-r bg-bg p-2"
        >
          {SECTIONS.map((section) => (
            <Tabs.Trigger
              key={section.value}
              value={section.value}
              className="h-7 rounded-md px-2 text-left text-muted hover:bg-hover data-[state=active]:bg-selected data-[state=active]:text-text"
            >
              {section.label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <div className="min-w-0 flex-1 overflow-y-auto p-5">
          <Tabs.Content value="model">
            <ModelForm
              model={settings.model}
              submit="Save model"
              onSaved={() => toast('Model saved')}
            />
          </Tabs.Content>
          <Tabs.Content value="workspace">
            <WorkspaceForm
              workspace={settings.workspace}
              submit="Save workspace"
              onSaved={() => toast('Workspace saved', { description: 'New chats work in it.' })}
            />
          </Tabs.Content>
          <Tabs.Content value="limits">
            <h3 className="mb-2 font-medium">How tasks run</h3>
            <div className="mb-6">
              <AsyncChoice onSaved={() => toast('Saved')} />
            </div>
            <LimitsForm onSaved={() => toast('Limits saved')} />
          </Tabs.Content>
          <Tabs.Content value="teams">
            <TeamsForm settings={settings} onSaved={() => toast('Teams saved')} />
          </Tabs.Content>
          <Tabs.Content value="appearance">
            <h3 className="mb-2 font-medium">Theme</h3>
            <Choice label="Theme" value={theme} options={THEMES} onChange={setTheme} />
            {health && (
              <p className="mt-6 break-all text-muted text-xs">
                Smart Agents {health.version}. Data is kept in {health.dataDirectory}.
                {health.quarantined > 0 &&
                  ` ${health.quarantined} rows of it could not be read and were set aside.`}
              </p>
            )}
          </Tabs.Content>
        </div>
      </Tabs.Root>
    </Dialog>
  )
}
