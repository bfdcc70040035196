import { Component, type ReactNode } from 'react';

interface Props {
  /** Stands in the place of what could not be drawn. */
  readonly instead: ReactNode;
  readonly children: ReactNode;
}

/** Keeps a fault of one screen from taking the page with it. */
export class Stage extends Component<Props, { readonly fault: boolean }> {
  override state = { fault: false };

  static getDerivedStateFromError(): { readonly fault: boolean } {
    return { fault: true };
  }

  override render(): ReactNode {
    return this.state.fault ? this.props.instead : this.props.children;
  }
}
