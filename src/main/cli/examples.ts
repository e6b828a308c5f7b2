import { AGENT_EXAMPLES } from './agent-examples.js'

/** What `--help` shows below the options, by command. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  ...AGENT_EXAMPLES,
  'smart-agents': `
Examples:
  smart-agents chat "run the tests and survey src for large files"
  smart-agents execute "Review the error handling" --async
  smart-agents execute "Run the tests" --command "npm test" --retries 2 --timeout 600
  smart-agents list

Environment:
  SMART_AGENTS_HOME    data directory
  SMART_AGENTS_MODEL   model to use; ANTHROPIC_API_KEY and ANTHROPIC_BASE_URL reach its provider
  NO_COLOR             no colours

Exit codes:
  0  ok
  1  the task failed or was cancelled, or the request was refused
  2  bad usage
  3  no such thing
  4  no host could be reached
  130  ended by Ctrl+C

Commands talk to the host that owns the data directory and start one if there is none; it ends by
itself after ten minutes without client, task or timer. With --json everything, errors included
({"error":{"code","message"}}), is printed on stdout.
`,
  chat: `
With a message the answer is printed and the command ends; tasks that it started go on. Without
one you can type at any time, also while the assistant answers: Ctrl+C stops the answer, Ctrl+C
again (or Ctrl+D) quits. Lines from a pipe are sent one after the other.
The id of the conversation is printed on stderr, those of messages with --json. What stands behind an
@ points at something: @src/main.ts, @"my notes.md", @task_abc123, or an agent by its name.

Examples:
  smart-agents chat
  smart-agents chat "how far are the tests?" --conversation conv_abc123
  smart-agents chat "and without the cache?" --conversation conv_abc123 --branch msg_abc123
  smart-agents chat "have @reviewer look at @src/cache.ts"
`,
  workflow: `
A workflow is a YAML file: built in, in "workflows" of the data directory, or in
.smart-agents/workflows of the workspace.

Examples:
  smart-agents workflow list
  smart-agents workflow show multi-feature
  smart-agents workflow run research-and-implement --input topic="a cache for thumbnails"
  smart-agents workflow run code-review-and-refactor --input target=src --input focus=@focus.txt --async
`,
  history: `
Examples:
  smart-agents history "disk is full" --state failed
  smart-agents history --since 2027-01-31 --type build --json
`,
  export: `
Examples:
  smart-agents export --format csv > history.csv
  smart-agents export "release notes" --since 2027-01-01 --format markdown > notes.md
`,
  inbox: `
Examples:
  smart-agents inbox
  smart-agents inbox --kind question --kind plan
  smart-agents inbox dismiss failure:task_abc123
  smart-agents inbox dismiss --all
`,
  notifications: `
Examples:
  smart-agents notifications --unread
  smart-agents notifications --follow --json
  smart-agents notifications read ntf_abc123
  smart-agents execute "Run the tests" --command "npm test" --async --notify milestone
`,
  costs: `
Examples:
  smart-agents costs --days 30
  smart-agents costs --task task_abc123
`,
  execute: `
Without --async the command waits and ends as "result" does: exit code 0 when the task completed,
1 when it failed or was cancelled. Ctrl+C only stops waiting (exit code 130): the task goes on, and
"smart-agents cancel ID" ends it. With --cron it never waits: it says when the first run is.

Examples:
  smart-agents execute "Analyze the auth system" --async
  smart-agents execute "Run the tests" --command "npm test" --timeout 600
  smart-agents execute "Nightly build" --type build --priority 2 --idempotency-key build-2027-01-31
  smart-agents execute "Nightly tests" --command "npm test" --cron "0 2 * * *" --timezone Europe/Berlin
  smart-agents execute "Fix the login" --check "npm test" --check "npx tsc --noEmit"
  smart-agents execute "Survey src" --budget tokens=50000 --budget costUsd=0.5 --max-memory 2048
`,
  changes: `
An agent's task in a git repository works in a worktree and branch of its own; what it changed waits
there until you apply it, leave it on a branch or discard it.

Examples:
  smart-agents changes task_abc123
  smart-agents changes task_abc123 --diff
  smart-agents changes task_abc123 --diff src/main.ts
`,
  apply: `
All of it is merged, or nothing happens: a conflict, or a change of yours that is not committed, is
told with the files (exit code 1).

Examples:
  smart-agents apply task_abc123
  smart-agents resolve task_abc123     when it does not merge
`,
  serve: `
With --json one line {"url","wsUrl","token","pid"} is printed once the host can serve.

Examples:
  smart-agents serve
  smart-agents serve --port 4310 --workspace ~/projects/shop
`,
  status: `
Exit code 0 whatever the state is; 3 when there is no such task.

Example:
  smart-agents status task_abc123
`,
  result: `
Exit code 0 when the task completed, 1 when it failed or was cancelled. For an unfinished task the
command says so and ends with 0 (with --json it prints null); --wait waits. Ctrl+C only stops
waiting (exit code 130).

Examples:
  smart-agents result task_abc123
  smart-agents result task_abc123 --wait
`,
  list: `
Without --limit all running and waiting tasks are shown, and the 20 newest of each other state;
with --json the 500 newest tasks.

Examples:
  smart-agents list
  smart-agents list --state failed --limit 100
`,
  logs: `
With --json each piece is one line {"offset","text"}.

Examples:
  smart-agents logs task_abc123
  smart-agents logs task_abc123 --follow
  smart-agents logs task_abc123 --attempt 2
`,
  attempts: `
An attempt that was interrupted, or that waited in between, has a line for each stretch.

Example:
  smart-agents attempts task_abc123
`,
  watch: `
On a terminal the box of background tasks, live; q or Ctrl+C leaves, and the tasks go on. Into a pipe
one line per event until Ctrl+C; with --json the events as the host sends them.

Examples:
  smart-agents watch
  smart-agents watch --json | grep task.failed
`,
  cancel: `
Ends when every process of the task is dead.

Example:
  smart-agents cancel task_abc123
`,
  retry: `
The task keeps its id and goes on from its last finished step.

Example:
  smart-agents retry task_abc123
`,
  'run-now': `
Example:
  smart-agents run-now task_abc123
`,
  priority: `
Within a priority the task that was submitted first is the first to run.

Example:
  smart-agents priority task_abc123 9
`,
  pause: `
The pause outlives the host; "smart-agents resume" ends it.

Example:
  smart-agents pause
`,
  resume: `
Example:
  smart-agents resume
`,
  limits: `
Keys: maxConcurrentTasks maxConcurrentE2E maxConcurrentBuilds maxConcurrentAgents (1 to 1000),
cpuThreshold memoryThreshold (percent; 100 switches that gauge off).

Examples:
  smart-agents limits
  smart-agents limits maxConcurrentTasks=8 cpuThreshold=90
`,
  drain: `
"smart-agents resume" ends it. --wait ends when nothing runs and nothing waits but what waits for a
time that is still to come, and what depends on that; Ctrl+C only stops waiting (exit code 130).

Examples:
  smart-agents drain
  smart-agents drain --wait && shutdown now
`,
  clear: `
Example:
  smart-agents clear
`,
  async: `
While it is off "execute --async" waits as "execute" does, and the chat waits for each task that it starts.

Examples:
  smart-agents async
  smart-agents async off
`,
  stats: `
"Time saved" compares the time in which tasks ran with what they take one after another. With --json
times are seconds, sizes bytes, instants epoch milliseconds.

Examples:
  smart-agents stats
  smart-agents stats --days 30 --json
  smart-agents stats --overview --days 7 --timezone Europe/Berlin --json
`,
  schedules: `
Without a command they are listed. A run is a task like others, with an id of its own.

Examples:
  smart-agents execute "Nightly tests" --command "npm test" --cron "0 2 * * *"
  smart-agents schedules
  smart-agents schedules pause sched_abc123
  smart-agents schedules run sched_abc123
`,
  settings: `
Without a command all settings are shown. Nothing is set unless all of it can be; a value is JSON or
a text, and KEY= takes it away. The key of the provider is never shown and never exported.

Examples:
  smart-agents settings get preferences.theme
  smart-agents settings set preferences.theme=dark limits.maxConcurrentTasks=3
  smart-agents settings export settings.json
  smart-agents settings import settings.json --dry-run
  smart-agents settings test-model --base-url http://localhost:11434
`,
}
