import type { Text } from '../../src/adapter.ts';

/** What became of a hidden file that was to get a name: it has none of its own any more, it has both, or it waits. */
export type Hidden = 'gone' | 'named' | { readonly changed: string | undefined };

/** Where whole files are published: a folder of this machine, or one of a server. All paths are the depot's own. */
export interface Depot {
  /** For people and for the journal: an absolute path, or an address without credentials. */
  readonly folder: string;
  /**
   * To be called before each write.
   *
   * @param make whether a missing folder may be made where the settings say so.
   * @throws UnavailableError when nothing may be written there now.
   */
  open(make?: boolean): Promise<void>;
  /** Why nothing can be written there, as far as it can be known without writing. */
  problem(): Promise<Text | undefined>;
  path(name: string): string;
  /** Tells the folder from another that takes its place later. */
  identity(): Promise<string>;
  exists(file: string): Promise<boolean>;
  /** Whether a plain file with exactly these bytes stands there. */
  holds(file: string, bytes: Uint8Array): Promise<boolean>;
  /** Anew, whatever a former life left under this hidden name; returns the time of its last change where that tells. */
  writeHidden(file: string, bytes: Uint8Array): Promise<string | undefined>;
  /** Gives a hidden file its name, and never takes another's; throws when it is not out. */
  place(hidden: string, file: string): Promise<'placed' | 'taken'>;
  stateOf(hidden: string): Promise<Hidden>;
  /** Takes the way to its name from a hidden file by calling it `back`; false when it is gone already. */
  takeBack(hidden: string, back: string): Promise<boolean>;
  /** A file that is not there is fine. */
  remove(file: string): Promise<void>;
  /** Makes names outlive a power cut, as far as that is possible; never throws. */
  flush(): Promise<void>;
  close(): void;
}
