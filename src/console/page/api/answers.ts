export interface List<Item> {
  readonly items: readonly Item[];
  /** A cursor; null at the end. */
  readonly next: string | null;
}

export interface ShownDelivery {
  readonly id: number;
  readonly eventId: number | null;
  readonly mapping: string;
  readonly target: string;
  readonly key: string | null;
  readonly state: 'pending' | 'sending' | 'delivered' | 'dead' | 'cancelled';
  readonly attempts: number;
  readonly dueAt: string | null;
  readonly lastError: string | null;
  readonly createdAt: string;
  readonly reason: string | null;
  readonly blocked: boolean;
  readonly mappingHash: string;
  readonly replayOf: number | null;
  readonly attention: boolean;
  readonly applicant: string | null;
  readonly vacancy: string | null;
  readonly cause: string | null;
  readonly replaces: number | null;
  readonly replacedBy: number | null;
}

export interface ShownAttempt {
  readonly number: number;
  readonly outcome: 'delivered' | 'retry' | 'dead' | 'unknown';
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly summary: string | null;
  readonly exchanges: readonly {
    readonly sent: { readonly summary: string; readonly body: string | null };
    readonly received: { readonly summary: string; readonly body: string | null } | null;
  }[];
  readonly warnings: readonly string[];
}

export interface DeliveryDetail extends ShownDelivery {
  readonly editedBy: string | null;
  readonly editReason: string | null;
  readonly findings: readonly string[];
  readonly record: unknown;
  readonly attemptLog: readonly ShownAttempt[];
}

export interface ShownTarget {
  readonly name: string;
  readonly adapter: string | null;
  readonly state: 'active' | 'resting' | 'held' | 'paused' | 'removed';
  readonly pending: number;
  readonly dead: number;
  readonly attention: number;
  readonly oldestAt: string | null;
  readonly restingUntil: string | null;
  readonly pausedAt: string | null;
  readonly holds: readonly { readonly name: string; readonly until: string }[];
}

export interface Overview {
  readonly waiting: number;
  readonly blocked: number;
  readonly dead: number;
  readonly attention: number;
  /** The oldest that waits or stands still. */
  readonly oldestAt: string | null;
  readonly intake: { readonly lastAt: string | null; readonly today: number };
  readonly targets: readonly ShownTarget[];
  /** Oldest first. */
  readonly minutes: readonly { readonly at: string; readonly received: number; readonly delivered: number }[];
}
