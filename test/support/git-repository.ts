import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A real repository of a person, in a folder of a test. */
export class GitRepository {
  readonly folder: string

  constructor(folder: string, files: Readonly<Record<string, string>> = { 'a.txt': 'one\n' }) {
    this.folder = folder
    mkdirSync(folder, { recursive: true })
    this.git('init', '--quiet', '--initial-branch=main')
    this.git('config', 'user.name', 'Person')
    this.git('config', 'user.email', 'person@example.invalid')
    if (Object.keys(files).length > 0) this.commit(files)
  }

  git(...args: readonly string[]): string {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
    return execFileSync('git', [...args], {
      cwd: this.folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trimEnd()
  }

  write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true })
      writeFileSync(join(this.folder, name), content)
    }
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8')
  }

  /** @returns the commit */
  commit(files: Readonly<Record<string, string | Buffer>>): string {
    this.write(files)
    this.git('add', '--all')
    this.git('commit', '--quiet', '-m', 'work')
    return this.git('rev-parse', 'HEAD')
  }

  branches(): string[] {
    return this.git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n')
  }

  worktrees(): string[] {
    return this.git('worktree', 'list', '--porcelain')
      .split('\n')
      .filter((line) => line.startsWith('worktree '))
      .map((line) => line.slice('worktree '.length))
  }
}
