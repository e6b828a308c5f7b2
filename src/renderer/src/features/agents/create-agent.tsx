import type { AgentConfig } from '../../../../shared/model/agent.js'
import { useHost } from '../../app/host.js'
import { useAgents } from '../../stores/agents.js'
import { showAgent } from '../../stores/view.js'
import { AreaField, Field } from '../../ui/field.js'
import { FormDialog, listIn, textIn } from './form-dialog.js'

const FIELDS = [
  'agentId',
  'sessionId',
  'config.definition',
  'config.model',
  'config.instructions',
  'config.tools',
] as const

const FIRST_SESSION = 'main'

/** Makes an agent, and with the first one its session. */
export function CreateAgent({ onClose }: { readonly onClose: () => void }) {
  const host = useHost()
  const session = useAgents((state) => state.sessionId)
  const create = async (data: FormData) => {
    const agentId = textIn(data, 'agentId')
    const sessionId = textIn(data, 'sessionId')
    const autoStart = data.get('autoStart') !== null
    await host.call('async.createAgent', { sessionId, agentId, autoStart, config: configIn(data) })
    await host.showSession(sessionId)
    showAgent(agentId)
  }
  return (
    <FormDialog
      title="New agent"
      submit="Create agent"
      wide
      fields={FIELDS}
      send={create}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              name="agentId"
              label="Name"
              placeholder="researcher"
              hint="Others write to it by this name"
              error={errors.agentId}
            />
            <Field
              name="sessionId"
              label="Session"
              defaultValue={session ?? FIRST_SESSION}
              hint="Agents see those of their session; a new name begins one"
              error={errors.sessionId}
            />
            <Field
              name="definition"
              label="Definition"
              placeholder="None"
              hint="Name of a definition to build on"
              error={errors['config.definition']}
            />
            <Field
              name="model"
              label="Model"
              placeholder="The one of the settings"
              hint="The name as the provider writes it"
              error={errors['config.model']}
            />
          </div>
          <AreaField
            name="instructions"
            label="Instructions"
            placeholder="What it is for and how it should work"
            error={errors['config.instructions']}
          />
          <Field
            name="tools"
            label="Tools"
            placeholder="All"
            hint="Names with commas between them, for example read_file, search_files"
            error={errors['config.tools']}
          />
          <label className="flex items-center gap-2">
            <input type="checkbox" name="autoStart" defaultChecked className="accent-accent" />
            Start it at once, so that it takes work
          </label>
        </>
      )}
    </FormDialog>
  )
}

/** What is left empty is left to the host. */
function configIn(data: FormData): AgentConfig {
  const definition = textIn(data, 'definition')
  const model = textIn(data, 'model')
  const instructions = textIn(data, 'instructions')
  const tools = listIn(data, 'tools')
  return {
    ...(definition && { definition }),
    ...(model && { model }),
    ...(instructions && { instructions }),
    ...(tools.length > 0 && { tools }),
  }
}
