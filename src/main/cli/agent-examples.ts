/** What `--help` shows of agents and mail below the options, by command. */
export const AGENT_EXAMPLES: Readonly<Record<string, string>> = {
  agents: `
An agent keeps its name, its queue, its mail and what it remembers until it is deleted. Each session
has agents of its own; without --session they are those of "default". What an agent does is a task
like others: "smart-agents status", "result", "logs" and "cancel" take its id.

Examples:
  smart-agents agents create reviewer --instructions @review.md --tools read_file,search_files
  smart-agents agents send reviewer "Look through src/auth" --wait
  smart-agents agents
  smart-agents agents sleep reviewer --for 2h --until-mail high
  smart-agents agents --session all
`,
  'agents create': `
--wake takes a cron expression and, after an @, the name of the event that the agent is then handed.
Put \`--tools ""\` for an agent without tools.

Examples:
  smart-agents agents create writer --definition technical-writer --workspace docs
  smart-agents agents create nightly --wake "0 2 * * *@nightly" --timezone Europe/Berlin
  smart-agents agents create deployer --subscribe tests_passed --max-turns 50 --max-cost 0.5
`,
  'agents send': `
With --wait it ends as "result" does: exit code 0 when the task completed, 1 when it failed or was
cancelled. Ctrl+C only stops waiting (exit code 130).

Examples:
  smart-agents agents send writer "Describe the queue in docs/queue.md"
  git diff | smart-agents agents send reviewer - --wait
`,
  'agents sleep': `
Whatever comes first ends the sleep; without any of it "agents wake" does. The events mail_received
and high_priority_mail come with mail.

Examples:
  smart-agents agents sleep writer --for 15m
  smart-agents agents sleep deployer --until-event tests_passed --until-mail urgent
`,
  'agents broadcast': `
Examples:
  smart-agents agents broadcast tests_passed
  smart-agents agents broadcast deploy --data '{"branch": "main"}'
`,
  mail: `
Without a command the inbox is shown: yours, or that of the agent that is named. To look does not
count as handling; "mail ack" does. Put -- before a text that begins with a hyphen.

Examples:
  smart-agents mail
  smart-agents mail inbox writer --unread
  smart-agents mail send writer "Release notes" "Write them for version 2." --priority high
  git log -5 | smart-agents mail send writer "What has changed" -
  smart-agents mail reply mail_abc123 "Yes, go on."
`,
}
