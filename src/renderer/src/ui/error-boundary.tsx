import { Component, type ErrorInfo, type ReactNode } from 'react'
import { messageOf } from '../../../shared/rpc/errors.js'
import { currentText } from '../text/text.js'
import { Button } from './button.js'

interface ErrorBoundaryProps {
  /** What broke, as a person calls it. */
  readonly name: string
  readonly children: ReactNode
}

interface ErrorBoundaryState {
  readonly error: unknown
  readonly failed: boolean
}

/** Keeps a fault inside one pane. What was typed and what is known lives outside of it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, failed: false }

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error, failed: true }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(`${this.props.name} failed`, error, info.componentStack)
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    const text = currentText().ui
    return (
      <div role="alert" className="flex h-full flex-col items-start justify-center gap-3 p-8">
        <h2 className="font-semibold text-base">{text.couldNotBeShown(this.props.name)}</h2>
        <p className="text-muted">{text.kept(messageOf(this.state.error))}</p>
        <Button onClick={() => this.setState({ error: null, failed: false })}>
          {text.reloadPane}
        </Button>
      </div>
    )
  }
}
