export const firstRun = {
  lead: 'Chat with an assistant while agents do the long work in the background.',
  steps: 'Set-up',
  workspace: 'Workspace',
  workspaceTitle: 'Where should agents work?',
  model: 'Model',
  modelTitle: 'Who should think?',
  next: 'Continue',
  start: 'Start',
}
