import type { Language } from '../../../text.ts';
import type { Draft } from '../api/answers.ts';
import { ask, Refusal } from '../api/ask.ts';
import { DraftKeeper } from './draft-keeper.ts';

/** By mapping: what the service has not taken yet outlives the screen. */
const keepers = new Map<string, DraftKeeper>();

/** As the service has it, unless this tab has something newer. */
export async function openDraft(name: string, language: Language): Promise<DraftKeeper> {
  const before = keepers.get(name);
  await before?.keep();
  if (before?.isUnkept === true) return before;
  const path = `/api/mappings/${encodeURIComponent(name)}/draft`;
  const read = (): Promise<Draft> => ask<Draft>(path, { language });
  const keeper = new DraftKeeper(await read(), {
    read,
    save: async ({ seen, ...draft }) => {
      const { savedAt } = await ask<{ readonly savedAt: string }>(path, {
        method: 'PUT',
        body: { ...draft, ...(seen !== undefined && { seen }) },
        language,
      });
      return savedAt;
    },
    drop: async () => {
      await ask(path, { method: 'DELETE', language });
    },
    isClash: (why) => why instanceof Refusal && why.status === 409,
    after: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  keepers.set(name, keeper);
  return keeper;
}
