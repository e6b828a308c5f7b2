import { z } from 'zod'
import type { ConversationId } from '../../../shared/model/ids.js'
import type { Tool } from '../tools/tool.js'
import type { Workflows } from '../workflows/workflows.js'
import { chatTool } from './chat-tools.js'

/** The tools of the chat for plans that are kept as files. */
export function workflowTools(
  workflows: Workflows,
  conversation: { readonly id: ConversationId; readonly workspace: string },
): readonly Tool[] {
  return [
    chatTool({
      name: 'list_workflows',
      description:
        'The workflows that are kept for this workspace: plans for a team of agents, with the inputs that each takes.',
      input: z.strictObject({}),
      summarize: () => 'Looked at the workflows',
      run: async () => {
        const found = await workflows.list(conversation.workspace)
        return {
          workflows: found.workflows.map(({ name, description, inputs, parts }) => ({
            name,
            description,
            inputs,
            parts: parts.map(({ title }) => title),
          })),
          problems: found.problems,
        }
      },
    }),
    chatTool({
      name: 'start_workflow',
      description:
        'Starts a workflow in the background and answers at once with the id of its task. Every input that is not optional needs a value.',
      input: z.strictObject({
        name: z.string().min(1).max(100),
        inputs: z.record(z.string(), z.string().max(20_000)).default({}),
      }),
      summarize: ({ name }) => `Started the workflow ${name}`,
      // The call's name is the idempotency key: run again after a crash it finds the same task.
      run: async ({ name, inputs }, { callId }) => ({
        taskId: await workflows.start({
          name,
          inputs,
          workspace: conversation.workspace,
          conversationId: conversation.id,
          idempotencyKey: callId,
        }),
      }),
    }),
  ]
}
