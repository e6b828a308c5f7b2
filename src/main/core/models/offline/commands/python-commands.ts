import { type ByGoal, defined, type FolderFacts } from './manifests.js'

export const PYTHON_SIGNS = [
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'tox.ini',
  'pytest.ini',
  'noxfile.py',
  'requirements.txt',
  'conftest.py',
] as const

/** Lock files and what runs a program inside the environment that they describe. */
const ENVIRONMENTS: readonly (readonly [file: string, prefix: string])[] = [
  ['uv.lock', 'uv run '],
  ['poetry.lock', 'poetry run '],
  ['Pipfile.lock', 'pipenv run '],
]

export function pythonCommands({ names, texts }: FolderFacts): ByGoal {
  const text = [...texts]
    .filter(([name]) => name !== 'package.json')
    .map(([, body]) => body)
    .join('\n')
  const prefix = ENVIRONMENTS.find(([file]) => names.has(file))?.[1] ?? ''
  const run = prefix === '' ? 'python3 -m ' : prefix
  /** The first tool that the project's files name. */
  const named = (...tools: readonly (readonly [tool: string, args: string])[]) => {
    const found = tools.find(([tool]) => new RegExp(`\\b${tool}\\b`).test(text))
    return found === undefined ? undefined : `${run}${found[1]}`
  }
  return defined({
    test: testCommand(names, text, run, prefix),
    build: names.has('pyproject.toml') ? 'python3 -m build' : undefined,
    lint: named(['ruff', 'ruff check .'], ['flake8', 'flake8'], ['pylint', 'pylint .']),
    typecheck: named(['mypy', 'mypy .'], ['pyright', 'pyright']),
    format: named(['ruff', 'ruff format .'], ['black', 'black .']),
    coverage: named(['pytest-cov', 'pytest --cov']),
    install: installCommand(names),
  })
}

function testCommand(
  names: ReadonlySet<string>,
  text: string,
  run: string,
  prefix: string,
): string {
  if (/\bpytest\b/.test(text) || names.has('pytest.ini') || names.has('conftest.py')) {
    return `${run}pytest`
  }
  if (names.has('tox.ini')) return `${run}tox`
  return names.has('noxfile.py') ? `${run}nox` : `${prefix}python3 -m unittest discover`
}

function installCommand(names: ReadonlySet<string>): string | undefined {
  if (names.has('uv.lock')) return 'uv sync'
  if (names.has('poetry.lock')) return 'poetry install'
  if (names.has('Pipfile')) return 'pipenv install --dev'
  if (names.has('requirements.txt')) return 'python3 -m pip install -r requirements.txt'
  const installable = names.has('pyproject.toml') || names.has('setup.py')
  return installable ? 'python3 -m pip install -e .' : undefined
}
