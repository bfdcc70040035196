/** Every behaviour of facts/1c.md section 7 that can be switched; the defaults are what was seen of real bases. */
export interface Behaviour {
  /** Newer platforms publish MaxLength, older ones do not. */
  publishMaxLength: boolean;
  /** Whether a Ref_Key sent with POST is taken; not proven of real bases (facts/1c.md 9.1). */
  keepsKeys: boolean;
  /** Documented, but not seen: a wrong If-Match gives 412. */
  heedsIfMatch: boolean;
  /** `Set.Field` names whose values the configuration drops without a word. */
  ignores: string[];
  /** What the configuration does before a write and at posting. */
  configurationLogic: boolean;
  /** НаименованиеСлужебное is computed; some bases have it empty (facts/1c-zup.md 2). */
  serviceNames: boolean;
  /** ИспользоватьШтатноеРасписание at the start; a constant of the base from then on. */
  staffSchedule: boolean;
  /** `Set.Field` names that this base insists on: 500 with code -1 when one is empty. */
  mandatory: string[];
  /** Texts are compared without regard to case, as 1C does on every database engine. */
  ignoresCase: boolean;
  /** `substringof` is LIKE inside: `[ ] _ %` in what is looked for are patterns. */
  likePatterns: boolean;
  /**
   * A base in an old mode of compatibility answers nothing to any `$filter` (kilylabs/odata-1c#6); others ignore it, or
   * what is more than a key, or find nothing by texts or dates.
   */
  filter: 'heeded' | 'empty' | 'ignored' | 'textless' | 'dateless' | 'keysAlone';
  /** Bytes of `$metadata`: sets that nobody needs make it as large as that of a whole base. */
  metadataSize: number;
  /** A cache before 1C that leaves `$skip` out of its key answers the same page. */
  heedsSkip: boolean;
  /** The repeated POST of a register record: HTTP 400 with this code (the code itself is not established). */
  repeatedRecordCode: string;
  user: string;
  password: string;
  /** Sets whose rights are lacking: 401 with code 20. */
  forbidden: string[];
  /** Sets that are not in the interface, also by somebody's saving it since `$metadata` was read: 404 with code 8. */
  unpublished: string[];
  /** The whole publication is gone: 404 in plain text. */
  switchedOff: boolean;
  /** IBSession: start gives a cookie. */
  sessions: boolean;
  metadataDelay: number;
  /** The first request after a start or an idle time. */
  firstDelay: number;
  /** The Location of a created object in raw UTF-8 bytes. */
  rawLocation: boolean;
}

export function usualBehaviour(): Behaviour {
  return {
    publishMaxLength: true,
    keepsKeys: true,
    heedsIfMatch: false,
    ignores: [],
    configurationLogic: true,
    serviceNames: true,
    staffSchedule: false,
    mandatory: [],
    ignoresCase: false,
    likePatterns: false,
    filter: 'heeded',
    metadataSize: 0,
    heedsSkip: true,
    repeatedRecordCode: '15',
    user: 'Обмен',
    password: 'секрет',
    forbidden: [],
    unpublished: [],
    switchedOff: false,
    sessions: false,
    metadataDelay: 0,
    firstDelay: 0,
    rawLocation: true,
  };
}

/** What goes wrong with one request. `commit…` do the work and lose the answer. */
export type Trouble =
  | { readonly kind: 'commitThenDrop' }
  | { readonly kind: 'commitThen500' }
  /** The answer never comes; the work is done after so many milliseconds, or after something else. */
  | { readonly kind: 'commitLate'; readonly after: number | Promise<unknown> }
  | { readonly kind: 'drop' }
  | { readonly kind: 'lock' }
  /** Code -1 with a sentence of 1C, or the sentence alone as a 500; nothing is written. */
  | { readonly kind: 'says'; readonly sentence: string; readonly plain?: boolean }
  | { readonly kind: 'pool' }
  | { readonly kind: 'badGateway' }
  | { readonly kind: 'slow'; readonly after: number }
  | { readonly kind: 'loginPage' };

export interface TroubleAsked {
  readonly method: string;
  readonly set: string;
}
