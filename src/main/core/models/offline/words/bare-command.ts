/**
 * A command typed without quotes: "npm run lint", "cargo test --all". Only programs whose next word
 * shows that a command is meant; "make it faster" and "go on" are English.
 */
const PROGRAMS: readonly RegExp[] = [
  /^(?:npm|pnpm|yarn|bun|npx|bunx|pnpx|node|deno|tsx|tsc|vite|vitest|jest|mocha|eslint|biome|prettier|playwright|cypress)(?:\s+\S.*)?$/,
  /^(?:python3?|pip3?|pytest|tox|nox|poetry|uv|ruff|mypy|pipenv)(?:\s+\S.*)?$/,
  /^cargo\s+[a-z-]+\b.*$/,
  /^rustc\s+.*$/,
  /^go\s+(?:test|build|run|vet|mod|fmt|generate|install|get|list|version|env|tool|work)\b.*$/,
  /^(?:make|just|task)(?:\s+(?:-\S+|[a-z][\w:.-]*))?$/,
  /^(?:make|just|task)(?:\s+(?:-\S+|[A-Z_]+=\S+|[a-z][\w.-]*[:_-][\w:.-]*))+(?:\s+\S+)*$/,
  /^git\s+(?:status|log|diff|show|branch|fetch|pull|push|blame|stash|remote|tag|describe|rev-parse|rev-list|shortlog|ls-files|checkout|commit|add|grep|clean|switch|restore|merge|rebase)\b.*$/,
  /^(?:docker|docker-compose|kubectl|terraform|helm)\s+[a-z-]+\b.*$/,
  /^(?:gradle|mvn|ant|sbt|bazel|cmake|ctest|ninja|dotnet|composer|php|ruby|bundle|rake|rspec|mix|elixir|swift|java|javac|perl|bash|sh|zsh|pwsh|powershell)\s+\S.*$/,
  /^(?:ls|pwd|whoami|uname|date|df|du|ps|env|cat|head|tail|wc|echo|curl|wget|find|sort|uniq|sed|awk|jq)(?:\s+[-./~$"'][^?]*)?$/,
  /^\.{0,2}\/?[\w.-]+\/[\w./-]+\.(?:sh|py|js|mjs|ts|rb|pl|bat|cmd|ps1)(?:\s+\S.*)?$/,
  /^(?:\.\/|\.\.\/)[\w./-]+(?:\s+\S.*)?$/,
]

/** Words after which a shell line would not read like one. */
const PROSE = /\b(?:please|for me|what|why|because|it|them|the)\s*$/i

const SHELL_OPERATOR = /\s(?:&&|\|\||\||>|>>|<)\s/

/** "eslint on src", "vitest for the core": a program as people speak of it. */
const SPOKEN = /\s(?:on|in|for|with|against|over|of|to|the|my|our)\s/i

export function isBareCommand(text: string): boolean {
  if (PROSE.test(text) || (SPOKEN.test(text) && !SHELL_OPERATOR.test(text))) return false
  return PROGRAMS.some((pattern) => pattern.test(text))
}

/** A line with shell operators or flags is a command whatever program it starts with. */
export function looksLikeShell(text: string): boolean {
  return SHELL_OPERATOR.test(text) || /^\S+(?:\s+\S+)*\s--?[a-z]/i.test(text)
}
