import type { ISchema } from 'yup';
import type { JsonSchema } from './json-schema.ts';

declare module 'yup' {
  /**
   * What an editor knows about a key beyond its type. It stands at the schema that checks the key, so that the two
   * cannot part.
   */
  interface CustomSchemaMetadata {
    /** Shown beside the key, together with `en`. */
    readonly ru?: string;
    readonly en?: string;
    /**
     * How the value is written in the file, where yup cannot tell: it casts `10s` to a number, and guards of `mixed`
     * are code.
     */
    readonly written?: JsonSchema;
    /** What every value follows in a set of named things. */
    readonly named?: ISchema<unknown>;
  }
}
