import { Component, type ReactNode } from 'react';
import { ErrorState } from '../ui/ProblemView';

/** A page that throws shows what happened in its place; the rest of the window goes on. */
export class PageBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <ErrorState
        problem={{
          code: 'page-broke',
          title: 'This page stopped working',
          explanation: 'It is a fault of Gantry, not of your containers: they go on.',
          actions: [{ kind: 'retry', label: 'Show it again' }],
          detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }}
        onAction={() => this.setState({ error: null })}
      />
    );
  }
}
