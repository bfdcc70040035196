import type { Text } from '../text.ts';

/** Another process writes into this folder. */
export class SpoolTakenError extends Error {
  override readonly name = 'SpoolTakenError';
  readonly text: Text = {
    ru: 'папкой database.spool уже пользуется другой huntflow-connector: у каждого экземпляра должна быть своя',
    en: 'another huntflow-connector uses the folder database.spool already: each instance needs one of its own',
  };

  constructor() {
    super('the spool is taken');
  }
}
