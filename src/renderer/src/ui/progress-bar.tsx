import { cx } from './class-names.js'

interface ProgressBarProps {
  /** 0 to 100. */
  readonly value: number
  readonly label: string
  readonly className?: string
}

export function ProgressBar({ value, label, className }: ProgressBarProps) {
  const shown = Math.max(0, Math.min(100, value))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(shown)}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cx('h-1 overflow-hidden rounded-full bg-border', className)}
    >
      <div
        className="h-full origin-left rounded-full bg-accent-text transition-transform"
        style={{ transform: `scaleX(${shown / 100})` }}
      />
    </div>
  )
}
