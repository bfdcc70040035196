import { guessed } from '../../files/did-you-mean.ts';
import { eventTypeName } from '../../huntflow/event-type.ts';
import type { Text } from '../../text.ts';
import type { Path } from '../../files/validation.ts';
import { actions, logTypes, mappableEvents } from './event-words.ts';
import type { MappingSource } from './mapping-source.ts';
import { isMap } from '../record/template.ts';
import type { Selection } from '../record/wants.ts';

/**
 * `on` of a mapping file: each key one value or a list. Says what is suspicious, as Huntflow may add types at any time.
 */
export function readSelection(source: MappingSource, on: unknown, stages: ReadonlySet<string>): Selection {
  const value = isMap(on) ? on : {};
  const event = wordsOf(value['event']).map(eventTypeName);
  const selection: Selection = {
    event,
    type: wordsOf(value['type']),
    action: wordsOf(value['action']),
    stage: stagesOf(value['stage']),
  };
  warnAboutWords(source, 'event', value['event'], [...mappableEvents, 'PING'], (word) => eventTypeName(word));
  for (const [word, path] of places('event', value['event'])) if (isPing(word)) source.warning(path, pingIsAnswered);
  if (isPing(on)) source.error(['on'], pingIsAnswered);
  if (event.length > 0 && event.every((name) => Object.hasOwn(logTypes, name))) {
    const types = event.flatMap((name) => logTypes[name] ?? []);
    if (types.length > 0) warnAboutWords(source, 'type', value['type'], types);
    else if (selection.type.length > 0) source.warning(['on', 'type'], noTypes(event));
  }
  warnAboutWords(source, 'action', value['action'], actions);
  checkStages(source, value['stage'], stages);
  if (selection.stage.length > 0) warnAboutStage(source, selection);
  return selection;
}

function isPing(word: unknown): boolean {
  return typeof word === 'string' && word.trim().toUpperCase() === 'PING';
}

const pingIsAnswered: Text = {
  ru: 'PING — проверка связи: на неё отвечают сразу и никогда не сопоставляют; уберите её из on',
  en: 'PING is answered at once and never mapped: take it out of `on`',
};

function noTypes(events: readonly string[]): Text {
  return {
    ru: `у событий ${events.join(', ')} нет вида: с on.type маппинг никогда не сработает, уберите его`,
    en: `${events.join(', ')} events have no type: with on.type this never matches, take it away`,
  };
}

function warnAboutWords(
  source: MappingSource,
  key: string,
  value: unknown,
  known: readonly string[],
  spelled = (word: string) => word,
): void {
  for (const [word, path] of places(key, value)) {
    if (typeof word !== 'string' || known.includes(spelled(word))) continue;
    const list = known.join(', ');
    const guess = guessed(word, known, { ru: `; известны: ${list}`, en: `; known are: ${list}` });
    source.warning(path, {
      ru: `Huntflow не присылает «${word}»${guess.ru}`,
      en: `Huntflow is not known to send "${word}"${guess.en}`,
    });
  }
}

function checkStages(source: MappingSource, value: unknown, stages: ReadonlySet<string>): void {
  for (const [word, path] of places('stage', value)) {
    if (typeof word !== 'string' || stages.has(word) || /^\d+$/.test(word)) continue;
    const guess = guessed(word, [...stages], {
      ru: ': допишите его туда или укажите номер этапа',
      en: ': add it there, or give the id of the stage',
    });
    const known = [...stages].slice(0, 50).join(', ') || '—';
    source.error(path, {
      ru: `этапа «${word}» нет в stages файла connector.yaml${guess.ru}; там есть: ${known}`,
      en: `there is no stage "${word}" in stages of connector.yaml${guess.en} Known there: ${known}`,
    });
  }
}

/** facts/huntflow.md 4.1, 4.4: comments carry the stage too, and a corrected stage change comes as EDIT or DELETE. */
function warnAboutStage(source: MappingSource, { event, type, action }: Selection): void {
  const say = (text: Text): void => source.warning(['on', 'stage'], text);
  if (!event.includes('APPLICANT'))
    say({
      ru: 'этап бывает только в событиях APPLICANT: такое условие никогда не сработает',
      en: 'only APPLICANT events have a stage: this never matches',
    });
  else if (type.length === 0)
    say({
      ru: 'комментарии тоже несут текущий этап: добавьте type: STATUS, иначе сработает и на них',
      en: 'comments carry the current stage too: add type: STATUS, or they match as well',
    });
  else if (action.length === 0)
    say({
      ru: 'правка и удаление записи тоже сработают (EDIT, DELETE): добавьте action: ADD',
      en: 'a change or removal of the log entry matches too (EDIT, DELETE): add action: ADD',
    });
}

function places(key: string, value: unknown): (readonly [word: unknown, path: Path])[] {
  return Array.isArray(value)
    ? value.map((word: unknown, index) => [word, ['on', key, index]] as const)
    : [[value, ['on', key]]];
}

function wordsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((word: unknown) => typeof word === 'string');
}

function stagesOf(value: unknown): (string | number)[] {
  return (Array.isArray(value) ? value : [value]).filter(
    (stage: unknown) => typeof stage === 'string' || typeof stage === 'number',
  );
}
