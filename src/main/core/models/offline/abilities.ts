/** What offline mode can do, for people; one line each, in the order of usefulness. */
export const OFFLINE_ABILITIES: readonly string[] = [
  'run a command: “run `npm run lint`”',
  'run the tests, the end-to-end tests, the build, the linter, the type check or any script of the workspace: “run the tests and build the project”',
  'survey the workspace or a folder — sizes, languages, largest files, TODO and FIXME, import cycles, test-to-code ratio, git history: “survey src for large files”',
  'search and compare: “search for createServer in src”, “compare README.md and docs/index.md”',
  'tell how tasks stand, show their results, pass a message on to one, cancel: “status”, “show the result of the tests”, “cancel the build”',
]

export const HOW_TO_CONNECT =
  'To connect a model: Settings → Model, with an Anthropic API key or the address of a local server that speaks the same protocol (Ollama, for example). The environment variables `ANTHROPIC_API_KEY` and `ANTHROPIC_BASE_URL` do the same at start.'
