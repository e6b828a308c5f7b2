import type { AgentConfig } from '../../../../shared/model/agent.js'
import { useHost } from '../../app/host.js'
import { useAgents } from '../../stores/agents.js'
import { showAgent } from '../../stores/view.js'
import { useText } from '../../text/text.js'
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
  const { agents, agentDetail } = useText()
  const text = agentDetail.create
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
      title={agents.create}
      submit={text.submit}
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
              label={text.name}
              placeholder={text.nameExample}
              hint={text.nameHint}
              error={errors.agentId}
            />
            <Field
              name="sessionId"
              label={agents.session}
              defaultValue={session ?? FIRST_SESSION}
              hint={text.sessionHint}
              error={errors.sessionId}
            />
            <Field
              name="definition"
              label={text.definition}
              placeholder={text.noDefinition}
              hint={text.definitionHint}
              error={errors['config.definition']}
            />
            <Field
              name="model"
              label={text.model}
              placeholder={agentDetail.usualModel}
              hint={text.modelHint}
              error={errors['config.model']}
            />
          </div>
          <AreaField
            name="instructions"
            label={text.instructions}
            placeholder={text.instructionsHint}
            error={errors['config.instructions']}
          />
          <Field
            name="tools"
            label={text.tools}
            placeholder={text.allTools}
            hint={text.toolsHint}
            error={errors['config.tools']}
          />
          <label className="flex items-center gap-2">
            <input type="checkbox" name="autoStart" defaultChecked className="accent-accent" />
            {text.start}
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
