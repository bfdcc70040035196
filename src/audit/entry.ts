/** From where somebody acts: a command, the page or a script, a token of the API, the service by itself. */
export type AuditPlace = 'cli' | 'api' | 'token' | 'service';

/** What is kept of who did what: every change, and every look at what is masked. */
export type AuditAction =
  | 'retry'
  | 'cancel'
  | 'edit'
  | 'choose'
  | 'remap'
  | 'replay'
  | 'abort'
  | 'seen'
  | 'pause'
  | 'resume'
  | 'confirm'
  | 'reveal'
  | 'export'
  | 'forget'
  | 'rotate'
  | 'seal'
  | 'admit'
  | 'backup'
  | 'restore'
  | 'copy'
  | 'login'
  | 'logout'
  | 'user added'
  | 'user removed'
  | 'mapping written';

/** Who acts, and the key of the chain that what he does becomes a link of (hex). */
export interface Actor {
  /** The operating system's user of a command, a user of the API, or the part of the service that acts by itself. */
  readonly who: string;
  readonly from: AuditPlace;
  readonly key: string;
}

/** What was done; no values, for those are what the rest of the house protects. */
export interface Deed {
  readonly action: AuditAction;
  /** On what, as kind/id: `delivery/17`, `event/3`, `bulk/7`, `target/zup`, `applicant/60`. */
  readonly on: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A link of the chain, as kept. */
export interface AuditEntry {
  /** 1 for the first, without gaps. */
  readonly seq: number;
  readonly at: number;
  readonly who: string;
  /** An `AuditPlace` and an action of whichever version wrote it. */
  readonly from: string;
  readonly action: string;
  readonly on: readonly string[];
  /** Keyed, over the one before and everything above; hex. */
  readonly hash: string;
  /** Which key made the hash: its fingerprint. */
  readonly key: string;
}
