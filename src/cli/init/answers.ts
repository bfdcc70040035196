import type { Language } from '../../text.ts';

/** Targets that a new folder may begin with, by the name of their adapter. */
export const kinds = ['csv', 'onec-odata', 'rest', 'telegram', 'slack', 'mattermost', 'mail'] as const;
export type Kind = (typeof kinds)[number];

/** What a new folder is made of. */
export interface Answers {
  readonly language: Language;
  /** Absolute. */
  readonly folder: string;
  readonly targets: readonly Kind[];
  /** Name or id of the stage at which somebody is hired. */
  readonly stage: string;
  /** Of the published infobase, `…/odata/standard.odata`; undefined: to be filled in. */
  readonly onec: string | undefined;
  /** As 1C calls the organisation that people are hired into. */
  readonly organisation: string;
  /** Base URL of the JSON API; undefined: to be filled in. */
  readonly intranet: string | undefined;
  readonly zone: string;
  readonly port: number;
}
