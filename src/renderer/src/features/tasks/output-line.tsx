import type { AnsiStyle, Line } from '../../stores/ansi.js'

/** One line as a terminal shows it. */
export function OutputLine({ line }: { readonly line: Line }) {
  return (
    <div className="min-h-[18px] whitespace-pre-wrap break-all px-4 font-mono text-[0.75rem] leading-[18px]">
      {line.map((span, index) => (
        <span key={index} style={cssOf(span.style)}>
          {span.text}
        </span>
      ))}
    </div>
  )
}

function cssOf(style: AnsiStyle) {
  return {
    ...(style.color === undefined ? {} : { color: `var(--ansi-${style.color})` }),
    ...(style.bold ? { fontWeight: 600 } : {}),
    ...(style.dim ? { color: 'var(--faint)' } : {}),
  }
}
