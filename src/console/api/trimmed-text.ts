import { string, type StringSchema } from 'yup';

/** A text without blanks around it. `trim` of yup throws for a list. */
export function trimmedText(): StringSchema {
  return string().transform((text: unknown) => (typeof text === 'string' ? text.trim() : text));
}
