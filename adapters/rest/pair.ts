import { UnavailableError, UncertainError } from '../../src/adapter.ts';
import { isPlainObject } from '../../src/toolkit.ts';
import { answeredWith, textWithin } from '../http.ts';
import { isPage } from '../http/looks-like.ts';
import { idAt } from './answer-path.ts';
import type { DeliveryContext, EntityName, Receipt, Text } from '../../src/adapter.ts';
import type { HttpResponse, Told } from '../http.ts';
import type { FindRecord, PairRecord, SentRequest } from './record.ts';

/** How a pair reaches its target. */
export interface PairWays {
  /** Sends, and throws unless it is a success. */
  send(request: SentRequest): Promise<{ readonly response: HttpResponse; readonly told: Told }>;
  /** Any answer. */
  ask(request: FindRecord): Promise<HttpResponse>;
}

/** Bytes of an answer in which an id is looked for. */
const readBytes = 4 * 1024 * 1024;

/**
 * Creates what the target does not have and updates what it has. Its id, as the answer to `create` told it, is kept as
 * a Reference. After a create of which nobody knows how it ended, `find` is asked before another.
 */
export async function deliverPair(record: PairRecord, delivery: DeliveryContext, ways: PairWays): Promise<Receipt> {
  const { kind, id, role } = record.of;
  const entity: EntityName = {
    kind,
    id: await delivery.references.survivorOf(kind, id),
    set: 'rest',
    ...(role ? { role } : {}),
  };
  const kept = await delivery.references.find(entity);
  if (kept !== undefined) return update(record, kept, ways, 'updated');
  const { find } = record;
  if (find && (find.always === true || isCreating(delivery.progress))) {
    const found = idIn(await found200(find, ways), find.id ?? 'id');
    if (found !== undefined) {
      await delivery.references.keep(entity, found);
      return update(record, found, ways, 'found and updated');
    }
  }
  if (find) await delivery.saveProgress({ creating: true });
  const { response, told } = await ways.send({ ...record.create, again: false });
  const made = idIn(response, record.id ?? 'id');
  // A login form, or a proxy's page: who was to tell the id has not spoken (facts/targets.md 6).
  if (made === undefined && isPage(response)) throw noAnswer(response.status, find !== undefined && find !== null);
  if (made === undefined)
    return {
      summary: answeredWith(response.status),
      ...told,
      attention: [...(told.attention ?? []), withoutId(record.id ?? 'id')],
    };
  await delivery.references.keep(entity, made);
  return { summary: 'created', ...told };
}

async function update(record: PairRecord, id: string, ways: PairWays, summary: string): Promise<Receipt> {
  if (!record.update) return { summary: 'already there' };
  const path = record.update.path.replaceAll('{id}', encodeURIComponent(id));
  const { told } = await ways.send({ ...record.update, method: record.update.method ?? 'PUT', path });
  return { summary, ...told };
}

/** Undefined: the target says that it has none. */
async function found200(find: FindRecord, ways: PairWays): Promise<HttpResponse | undefined> {
  const response = await ways.ask(find);
  if (response.status === 404) return undefined;
  if (response.status === 200 && parsed(response) !== undefined) return response;
  throw new UnavailableError({
    ru: `Поиск перед созданием (find) ответил ${answeredWith(response.status)}: не создаём, пока не ясно, есть ли запись; попытка повторится.`,
    en:
      `The search before a create (find) answered ${answeredWith(response.status)}: nothing is created while it is ` +
      'not clear whether the record is there; it is tried again.',
  });
}

function idIn(response: HttpResponse | undefined, path: string): string | undefined {
  return response === undefined ? undefined : idAt(parsed(response), path);
}

/** Undefined: no JSON. */
function parsed(response: HttpResponse): unknown {
  if (response.body.length > readBytes || response.flaw?.whole === false) return undefined;
  try {
    return JSON.parse(textWithin(response, readBytes));
  } catch {
    return undefined;
  }
}

function noAnswer(status: number, looks: boolean): UncertainError {
  const next: Text = looks
    ? { ru: 'сначала поищем (find), потом создадим', en: 'it is looked for (find) before it is created' }
    : {
        ru: 'повтор может создать ещё одну; задайте в маппинге find',
        en: 'a repetition may create another; give the mapping a find',
      };
  return new UncertainError({
    ru: `На создание (create) пришёл ответ ${answeredWith(status)}, но это страница HTML без id, как у формы входа или прокси: создана ли запись, неизвестно, ${next.ru}. Проверьте адрес и вход.`,
    en: `The create was answered ${answeredWith(status)}, but with an HTML page that has no id, as a login form or a proxy does: nobody knows whether the record is there, ${next.en}. Check the address and the login.`,
  });
}

const isCreating = (progress: unknown): boolean => isPlainObject(progress) && progress['creating'] === true;

function withoutId(path: string): Text {
  return {
    ru: `Создано, но в ответе нет id по пути «${path}»: следующая запись создаст ещё одну. Исправьте id в маппинге.`,
    en: `It was created, but the answer has no id at "${path}": the next record will create another. Mend id in the mapping.`,
  };
}
