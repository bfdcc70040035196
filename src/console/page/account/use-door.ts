import { useAnswer } from '../api/use-answer.ts';

/** How one comes in here, and who has. */
export interface Door {
  readonly users: boolean;
  readonly ways: readonly ('password' | 'oidc')[];
  /** Null: nobody is logged in. */
  readonly user: string | null;
}

/** Whether one has to log in first. The document says so until the service does: nothing is asked in vain. */
export function useDoor(): boolean {
  const { data: door } = useAnswer<Door>('/api/session');
  return door === undefined ? document.documentElement.dataset['door'] === 'locked' : door.users && door.user === null;
}
