/** The most that the host hands over at once. */
const PAGE = 500

export interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

/** The first `limit` items, from as many pages as that takes; the cursor is that of what follows. */
export async function upTo<T>(
  limit: number,
  fetch: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Page<T>>,
): Promise<{ items: T[]; nextCursor: string | null }> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await fetch({
      limit: Math.min(PAGE, limit - items.length),
      ...(cursor === null ? {} : { cursor }),
    })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null && items.length < limit)
  return { items, nextCursor: cursor }
}
