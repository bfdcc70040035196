/** The names formulas see (design of HuntflowView). */
export const viewNames = [
  'event',
  'applicant',
  'vacancy',
  'log',
  'stage',
  'offer',
  'response',
  'request',
  'survey',
  'evaluation',
  'tags',
  'author',
  'user',
  'account',
  'changes',
  'agreement',
  'body',
] as const;

const bareReference = new RegExp(`^(?:${viewNames.join('|')})(?:\\.[A-Za-z_][A-Za-z0-9_]*)+$`);

/** A text like `applicant.last_name`: somebody probably forgot the equals sign. */
export function looksLikeReference(text: string): boolean {
  return bareReference.test(text);
}
