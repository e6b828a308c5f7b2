export interface Commit {
  readonly hash: string
  /** YYYY-MM-DD. */
  readonly date: string
  readonly author: string
  readonly subject: string
}

/** Fields parted by the unit separator, which no subject contains; works the same in sh and cmd. */
export const LOG_FORMAT = '--date=short --pretty=tformat:%h%x1f%ad%x1f%an%x1f%s'

export function commitsIn(output: string): Commit[] {
  return output.split('\n').flatMap((line): Commit[] => {
    const [hash = '', date = '', author = '', ...subject] = line.split('\u001f')
    if (!/^[0-9a-f]{4,64}$/.test(hash) || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return []
    return [{ hash, date, author, subject: subject.join(' ') }]
  })
}

export function authorsOf(commits: readonly Commit[]): { author: string; commits: number }[] {
  return [...Map.groupBy(commits, (commit) => commit.author)]
    .map(([author, own]) => ({ author, commits: own.length }))
    .sort((a, b) => b.commits - a.commits || (a.author < b.author ? -1 : 1))
}

/** Files by how many of the commits touched them; from `git log --name-only --pretty=tformat:`. */
export function hotspotsIn(output: string): { path: string; commits: number }[] {
  const counts = new Map<string, number>()
  for (const line of output.split('\n')) {
    const path = line.trim()
    if (path === '' || path.startsWith('[…')) continue
    counts.set(path, (counts.get(path) ?? 0) + 1)
  }
  return [...counts]
    .map(([path, commits]) => ({ path, commits }))
    .sort((a, b) => b.commits - a.commits || (a.path < b.path ? -1 : 1))
}

export function isNoRepository(output: string): boolean {
  return /not a git repository/i.test(output)
}

export function hasNoCommits(output: string): boolean {
  return /does not have any commits yet|unknown revision|bad default revision/i.test(output)
}
