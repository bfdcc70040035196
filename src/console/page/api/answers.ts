import type { ShownAttempt, ShownDelivery } from '../../../shown/delivery.ts';
import type { ShownTarget } from '../../../shown/target.ts';

export type { ShownAttempt, ShownDelivery, ShownTarget };

export interface List<Item> {
  readonly items: readonly Item[];
  /** A cursor; null at the end. */
  readonly next: string | null;
}

export interface DeliveryDetail extends Omit<ShownDelivery, 'attempts'> {
  readonly editedBy: string | null;
  readonly editReason: string | null;
  readonly findings: readonly string[];
  readonly record: unknown;
  readonly attempts: readonly ShownAttempt[];
  readonly event: { readonly id: number; readonly receivedAt: string } | null;
  readonly finishedAt: string | null;
  readonly blockedBy: number | null;
  readonly behind: number;
  readonly versions: readonly {
    readonly hash: string;
    readonly createdAt: string;
    readonly made: boolean;
    readonly current: boolean;
  }[];
  readonly chain: readonly {
    readonly id: number;
    readonly relation: 'this' | 'replaces' | 'replacedBy' | 'replayOf' | 'replay';
    readonly state: string;
    readonly createdAt: string;
    readonly editedBy: string | null;
    readonly editReason: string | null;
  }[];
  readonly advice: {
    readonly kind: string;
    readonly code: string | null;
    readonly field: string | null;
    readonly who: string;
    readonly advice: string;
  } | null;
  readonly traces: boolean;
  readonly actions: readonly {
    readonly action: 'retry' | 'cancel' | 'edit' | 'choose' | 'remap' | 'replay';
    readonly command: string;
  }[];
}

export interface ShownOverview {
  readonly at: string;
  readonly sentence: string;
  readonly state: 'first start' | 'flowing' | 'waiting' | 'stuck';
  readonly intake: {
    readonly lastAt: string | null;
    readonly waiting: number;
    readonly since: string | null;
    readonly refusing: string | null;
  };
  readonly deliveries: {
    readonly pending: number;
    readonly blocked: number;
    readonly dead: number;
    readonly attention: number;
    readonly oldestPendingAt: string | null;
    readonly oldestDeadAt: string | null;
  };
  readonly people: number;
  readonly targets: readonly ShownTarget[];
  readonly mappings: { readonly loaded: number; readonly refused: number; readonly missed: number };
  readonly minutes: readonly {
    readonly at: string;
    readonly received: number;
    readonly delivered: number;
    readonly failed: number;
    readonly p95: number | null;
  }[];
}
