import type { ReactNode } from 'react'
import { useText } from '../../text/text.js'
import { cx } from '../class-names.js'

interface FigureTableProps {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: ReadonlyArray<{ readonly key: string; readonly cells: readonly ReactNode[] }>
  /** For screen readers alone, where a picture shows the same. */
  readonly hidden?: boolean
}

/** The same figures as a picture, to be read one by one. */
export function FigureTable({ caption, columns, rows, hidden = false }: FigureTableProps) {
  const { tables } = useText().dashboard
  const table = (
    <table className="w-full border-collapse text-xs">
      <caption className="sr-only">{caption}</caption>
      <thead className="sticky top-0 bg-surface">
        <tr>
          {columns.map((column, index) => (
            <th
              key={column}
              scope="col"
              className={cx(
                'px-2 py-1 font-medium text-muted',
                index === 0 ? 'text-left' : 'text-right',
              )}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [head, ...cells] }) => (
          <tr key={key} className="border-t">
            <th scope="row" className="px-2 py-1 text-left font-normal">
              {head}
            </th>
            {cells.map((cell, index) => (
              <td key={columns[index + 1]} className="figures px-2 py-1 text-right">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
  if (hidden) return <div className="sr-only">{table}</div>
  return (
    <section
      aria-label={`${caption}: ${tables}`}
      tabIndex={0}
      className="-mx-2 max-h-72 overflow-auto"
    >
      {table}
    </section>
  )
}
