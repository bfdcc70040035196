import { KeyRing } from '../../src/people/key-ring.ts';
import { KeyStore } from '../../src/people/key-store.ts';
import { makeKeyFile } from '../../src/people/key-file.ts';
import { Inbox } from '../../src/inbox/inbox.ts';
import { Quarantine } from '../../src/inbox/quarantine.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { Sealing } from '../../src/people/sealing.ts';
import type { Seals } from '../../src/people/seals.ts';
import { sharedPostgres } from './postgres.ts';
import { type Engine, openStores, type Stores } from './stores.ts';
import { Workspace } from './workspace.ts';

/** Stores that seal, with keys of their own. */
export interface SealedStores extends Stores {
  readonly seals: Seals;
  readonly ring: KeyRing;
  readonly keyFile: string;
  readonly storeUrl: string;
  readonly quarantine: Quarantine;
}

export async function openSealedStores(engine: Engine): Promise<SealedStores> {
  const workspace = new Workspace();
  const stores = await openStores(engine);
  const keyFile = workspace.path('connector.key');
  makeKeyFile(keyFile);
  const storeUrl =
    engine === 'sqlite' ? `sqlite:${workspace.path('people.db')}` : await (await sharedPostgres()).createDatabase();
  const ring = new KeyRing(new KeyStore(storeUrl), keyFile);
  const sealing = new Sealing({ database: stores.database, ring, now: () => 1000 });
  await sealing.open('begin');
  const { seals } = sealing;
  const inbox = new Inbox(stores.database, seals);
  return {
    ...stores,
    quarantine: new Quarantine({ database: stores.database, inbox, seals, sources: [], now: () => 1000 }),
    seals,
    ring,
    keyFile,
    storeUrl,
    inbox,
    outbox: new Outbox(stores.database, seals),
    close: async () => {
      await sealing.close();
      await stores.close();
      workspace.remove();
    },
  };
}
