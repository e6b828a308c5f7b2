import { Tabs } from 'radix-ui'
import { useDeferredValue, useState } from 'react'
import { toast } from 'sonner'
import { type Settings, useSettings } from '../../stores/settings.js'
import { openDialog, showSettings, useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Dialog } from '../../ui/dialog.js'
import { INPUT } from '../../ui/field.js'
import { moveFocus } from '../../ui/move-focus.js'
import { ModelForm } from './model-form.js'
import { AgentsSection } from './sections/agents-section.js'
import { AppearanceSection, LanguageSection } from './sections/appearance-section.js'
import { DataSection } from './sections/data-section.js'
import { GeneralSection, RetentionSection } from './sections/general-section.js'
import { KeyboardSection } from './sections/keyboard-section.js'
import { LimitsSection } from './sections/limits-section.js'
import { NotificationsSection } from './sections/notifications-section.js'
import { WorkspacesSection } from './sections/workspaces-section.js'
import { findSettings, SECTION_IDS, type SectionId, sectionFrom } from './setting-index.js'

export function SettingsDialog() {
  const text = useText().settings
  const settings = useSettings((state) => state.settings)
  const section = sectionFrom(useView((view) => view.settingsSection))
  const [query, setQuery] = useState('')
  const sought = useDeferredValue(query)
  if (settings === null) return null
  return (
    <Dialog title={text.title} size="large" onClose={() => openDialog(null)}>
      <Tabs.Root
        value={section}
        onValueChange={(next) => {
          setQuery('')
          showSettings(next)
        }}
        orientation="vertical"
        className="flex h-[42rem] max-h-full min-h-0 max-sm:flex-col"
      >
        <div className="flex w-44 shrink-0 flex-col gap-2 border-r bg-bg p-2 max-sm:w-full max-sm:border-r-0 max-sm:border-b">
          <input
            type="search"
            aria-label={text.search}
            placeholder={text.search}
            className={INPUT}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          <Tabs.List
            aria-label={text.sectionsLabel}
            className="flex flex-col gap-0.5 overflow-y-auto max-sm:flex-row max-sm:overflow-x-auto max-sm:pb-1"
          >
            {SECTION_IDS.map((id) => (
              <Tabs.Trigger
                key={id}
                value={id}
                className="h-7 shrink-0 rounded-md px-2 text-left text-muted hover:bg-hover data-[state=active]:bg-selected data-[state=active]:text-text"
              >
                {text.sections[id]}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        </div>
        {sought.trim() === '' ? (
          <Tabs.Content
            key={section}
            value={section}
            className="min-h-0 min-w-0 flex-1 overflow-y-auto px-8 py-4 max-sm:px-5"
          >
            <Section section={section} settings={settings} />
          </Tabs.Content>
        ) : (
          <Found query={sought} onChoose={() => setQuery('')} />
        )}
      </Tabs.Root>
    </Dialog>
  )
}

interface SectionProps {
  readonly section: SectionId
  readonly settings: Settings
}

function Section({ section, settings }: SectionProps) {
  const text = useText().settings
  return (
    <>
      <h3 className="pb-1 font-semibold text-base">{text.sections[section]}</h3>
      <SectionBody section={section} settings={settings} />
    </>
  )
}

function SectionBody({ section, settings }: SectionProps) {
  const text = useText().settings
  const { preferences } = settings
  switch (section) {
    case 'model':
      return (
        <div data-setting="model" className="pt-2">
          <ModelForm
            model={settings.model}
            submit={text.model.save}
            onSaved={() => toast(text.model.saved)}
          />
        </div>
      )
    case 'limits':
      return <LimitsSection settings={settings} />
    case 'agents':
      return <AgentsSection settings={settings} />
    case 'workspaces':
      return <WorkspacesSection settings={settings} />
    case 'notifications':
      return <NotificationsSection preferences={preferences} />
    case 'appearance':
      return <AppearanceSection preferences={preferences} />
    case 'language':
      return <LanguageSection preferences={preferences} />
    case 'keyboard':
      return <KeyboardSection preferences={preferences} />
    case 'retention':
      return <RetentionSection preferences={preferences} />
    case 'general':
      return <GeneralSection preferences={preferences} />
    case 'data':
      return <DataSection />
  }
}

interface FoundProps {
  readonly query: string
  readonly onChoose: () => void
}

function Found({ query, onChoose }: FoundProps) {
  const text = useText()
  const found = findSettings(query, text)
  return (
    <div className="min-h-0 min-w-0 flex-1 overflow-y-auto px-8 py-4 max-sm:px-5">
      <p role="status" className="pb-2 text-muted">
        {found.length === 0
          ? text.settings.nothingFound(query.trim())
          : text.settings.found(found.length)}
      </p>
      <ul onKeyDown={moveFocus}>
        {found.map(({ item, section, title, hint }) => (
          <li key={item}>
            <button
              type="button"
              data-row
              className="-mx-3 flex w-[calc(100%+1.5rem)] flex-col rounded-md px-3 py-2 text-left hover:bg-hover"
              onClick={() => {
                showSettings(section, item)
                onChoose()
              }}
            >
              <span className="flex w-full items-baseline justify-between gap-3">
                <span className="font-medium">{title}</span>
                <span className="shrink-0 text-faint text-xs">
                  {text.settings.sections[section]}
                </span>
              </span>
              <span className="text-muted text-xs">{hint}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
