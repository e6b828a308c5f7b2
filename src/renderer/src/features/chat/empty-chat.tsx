import type { ConversationId } from '../../../../shared/model/ids.js'
import { useHost } from '../../app/host.js'
import { useSettings } from '../../stores/settings.js'
import { openDialog } from '../../stores/view.js'
import { failed } from '../../ui/failure.js'
import { folderName } from '../../ui/format.js'
import { sendMessage } from './send-message.js'

const EXAMPLES = [
  {
    text: 'Run the tests and survey src for large files',
    hint: 'Two tasks in the background; you go on chatting',
  },
  { text: 'Build the project and tell me what is slow', hint: 'Finds the build command by itself' },
  { text: 'Find the TODOs and group them by folder', hint: 'Reads the workspace, changes nothing' },
  { text: 'What is running right now?', hint: 'The assistant knows the tasks' },
]

/** What a chat without messages teaches: what can be asked, and what will happen. */
export function EmptyChat({ conversationId }: { readonly conversationId: ConversationId | null }) {
  const host = useHost()
  const settings = useSettings((state) => state.settings)
  const offline = settings?.model.provider === 'offline'
  return (
    <div className="flex min-h-0 flex-1 flex-col justify-center-safe overflow-y-auto">
      <div className="mx-auto w-full max-w-3xl px-5 py-6">
        <h2 className="font-semibold text-lg">
          What should be done{settings ? ` in ${folderName(settings.workspace)}` : ''}?
        </h2>
        <p className="mt-1.5 max-w-prose text-base text-muted">
          Ask for something that takes long. It runs in the background, you go on chatting, and the
          result comes back here.
        </p>
        <ul className="mt-5 grid gap-2 md:grid-cols-2" aria-label="Examples">
          {EXAMPLES.map(({ text, hint }) => (
            <li key={text}>
              <button
                type="button"
                className="h-full w-full rounded-[10px] border px-3.5 py-2.5 text-left transition-colors hover:bg-hover"
                onClick={() => {
                  sendMessage(host, conversationId, text).catch(failed('Not sent'))
                }}
              >
                <span className="block font-medium">{text}</span>
                <span className="mt-0.5 block text-muted text-xs">{hint}</span>
              </button>
            </li>
          ))}
        </ul>
        {offline && (
          <p className="mt-5 text-muted">
            You work offline: the built-in planner runs, builds, tests, searches and reports.{' '}
            <button
              type="button"
              className="text-accent-text underline underline-offset-2"
              onClick={() => openDialog('settings')}
            >
              Connect a model
            </button>{' '}
            for everything else.
          </p>
        )}
      </div>
    </div>
  )
}
