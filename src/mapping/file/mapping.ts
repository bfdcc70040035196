import type { JsonObject } from '../../huntflow/json.ts';
import type { Path } from '../../files/validation.ts';
import type { Fault } from '../../files/fault.ts';
import type { Text } from '../../text.ts';
import type { Program } from '../record/program.ts';
import type { Selection } from '../record/wants.ts';

/** One good mapping file. */
export interface Mapping {
  readonly name: string;
  readonly title: string | undefined;
  /** Absolute path. */
  readonly file: string;
  /** SHA-256 of `version`, in hex. */
  readonly hash: string;
  /** The file's text with its preset and the dictionaries it uses, JSON: enough to read it again, see version.ts. */
  readonly version: string;
  readonly on: Selection;
  /** Name of a configured target. */
  readonly to: string;
  readonly order: 'strict' | 'none' | undefined;
  /** Name of the preset that gave the record. */
  readonly preset: string | undefined;
  readonly program: Program;
  /** As written, formulas unevaluated: what adapters check. */
  readonly record: JsonObject;
  readonly tests: readonly MappingTest[];
  /** A fault in this file, at the value the path leads to. */
  readonly faultAt: (path: Path, text: Text) => Fault;
}

export interface MappingTest {
  /** Its place in the file's list, from 0. */
  readonly index: number;
  readonly name: string;
  /** A webhook body of either version. */
  readonly given: JsonObject;
  readonly expect: JsonObject | 'skipped';
  /** `expect` names a part of the record only. */
  readonly partly: boolean;
}
