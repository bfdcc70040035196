import { guessed } from '../../files/did-you-mean.ts';
import type { Path } from '../../files/validation.ts';
import { isStage } from '../../huntflow/stage.ts';
import type { Text } from '../../text.ts';
import { misfit, type Parameter } from '../presets/parameter.ts';
import { expand } from '../presets/expansion.ts';
import type { Preset } from '../presets/preset.ts';
import { fieldPath } from '../record/field-path.ts';
import { isMap } from '../record/template.ts';
import type { Stages } from '../record/wants.ts';
import type { MappingSource, Placed } from './mapping-source.ts';

type Content = Readonly<Record<string, unknown>>;

/** A mapping file whose preset, if it has one, is written out. */
export interface PresetReading {
  readonly content: Content;
  /** Undefined when the file names none, or one that cannot be used. */
  readonly preset: Preset | undefined;
  /** The preset's own condition, beside that of the file. */
  readonly when: unknown;
  /** The record can be read. */
  readonly sound: boolean;
}

/** Puts the record of `preset` into the file, and what else of it the file does not say itself. */
export function readPreset(
  source: MappingSource,
  file: Content,
  presets: () => ReadonlyMap<string, Preset>,
  stages: Stages,
): PresetReading {
  const { preset: name } = file;
  if (name === undefined) {
    if (file['with'] !== undefined) source.error(['with'], lonelyWith, { atKey: true });
    return { content: file, preset: undefined, when: undefined, sound: true };
  }
  const preset = typeof name === 'string' ? presets().get(name) : undefined;
  const values = preset === undefined ? undefined : valuesOf(source, file['with'], preset, stages);
  if (preset === undefined && typeof name === 'string') unknownPreset(source, name, [...presets().keys()]);
  if (file['record'] !== undefined) source.error(['record'], bothRecords, { atKey: true });
  if (preset === undefined || values === undefined || file['record'] !== undefined)
    return {
      content: { on: { event: 'APPLICANT' }, record: {}, ...file },
      preset: undefined,
      when: undefined,
      sound: false,
    };
  const { content, origins, composed, misplaced } = expand(preset, values);
  for (const parameter of misplaced) source.error(['with', parameter], formulaNeeded);
  const { when, ...rest } = content;
  const own = Object.keys(rest).filter((key) => file[key] === undefined);
  source.relocate((path) => {
    if (typeof path[0] !== 'string' || !own.includes(path[0])) return undefined;
    const origin = origins.find((one) => startsWith(path, one.path));
    if (origin !== undefined && isMap(file['with']) && Object.hasOwn(file['with'], origin.parameter))
      return { path: ['with', origin.parameter, ...path.slice(origin.path.length)], mute: true };
    return { ...placeOf(preset, path), mute: composed.some((one) => startsWith(path, one)) };
  });
  return { content: { ...rest, ...file }, preset, when, sound: true };
}

/** What the preset's own place is called. */
function placeOf(preset: Preset, path: Path): Omit<Placed, 'mute'> {
  const place = fieldPath(path[0] === 'record' ? path.slice(1) : path);
  const note: Text = { ru: `пресет ${preset.name}, «${place}»: `, en: `preset ${preset.name}, "${place}": ` };
  return { path: ['preset'], note };
}

/** The value of every parameter that has one; undefined when something is wrong. */
function valuesOf(
  source: MappingSource,
  given: unknown,
  preset: Preset,
  stages: Stages,
): ReadonlyMap<string, unknown> | undefined {
  if (given !== undefined && given !== null && !isMap(given)) return undefined; // the schema says it
  const filled: Content = isMap(given) ? given : {};
  const names = preset.parameters.map(({ name }) => name);
  let sound = true;
  const fault = (path: Path, text: Text, atKey = false): void => {
    source.error(path, text, { atKey });
    sound = false;
  };
  for (const key of Object.keys(filled))
    if (!names.includes(key)) fault(['with', key], unknownParameter(preset, key, names), true);
  const values = new Map<string, unknown>();
  for (const parameter of preset.parameters) {
    const { name } = parameter;
    const value = Object.hasOwn(filled, name) ? filled[name] : undefined;
    warnOfStages(source, parameter, value, stages);
    if (value === undefined || value === null) {
      if (parameter.required)
        fault([isMap(given) ? 'with' : 'preset'], missing(preset, parameter.name, parameter.about), true);
      else values.set(name, parameter.default);
      continue;
    }
    const wrong = misfit(parameter, value);
    if (wrong === undefined) values.set(name, value);
    else fault(['with', name], wrong);
  }
  return sound ? values : undefined;
}

/** A list of stages that lacks one of connector.yaml takes that stage for another one. */
function warnOfStages(
  source: MappingSource,
  { name, stage, default: standIn }: Parameter,
  given: unknown,
  stages: Stages,
): void {
  const value: unknown = given ?? standIn;
  const members = stage === undefined || !Object.hasOwn(stages, stage) ? [] : [...new Set(stages[stage])];
  const listed = (Array.isArray(value) ? value : []).filter((one: unknown) => typeof one === 'string');
  // A name and an id may be the same stage; only Huntflow knows.
  const isId = (one: string | number) => /^\d+$/.test(String(one));
  const comparable = members.every((one) => isId(one) === isId(listed[0] ?? one));
  const lacking = members.filter((member) => !listed.some((one) => isStage(one, member, member)));
  if (listed.length === 0 || !comparable || lacking.length === 0) return;
  const names = lacking.join(', ');
  source.warning(given === undefined || given === null ? ['preset'] : ['with', name], {
    ru: `здесь нет этапа из stages.${stage} файла connector.yaml (${names}): событие на нём сочтут другим этапом; допишите его в ${name} или исправьте stages`,
    en:
      `a stage of stages.${stage} in connector.yaml is not here (${names}): an event at it counts as another stage; add ` +
      `it to ${name}, or mend stages`,
  });
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, depth) => String(path[depth]) === String(step));
}

function unknownPreset(source: MappingSource, name: string, known: readonly string[]): void {
  const list = known.join(', ');
  const guess = guessed(name, known, { ru: `; есть: ${list}`, en: `; there are: ${list}` });
  source.error(['preset'], {
    ru: `такого пресета нет${guess.ru} (presets list)`,
    en: `there is no such preset${guess.en} (presets list)`,
  });
}

function unknownParameter(preset: Preset, key: string, names: readonly string[]): Text {
  const list = names.join(', ');
  const guess = guessed(key, names, { ru: `; есть: ${list}`, en: `; it has: ${list}` });
  return {
    ru: `у пресета ${preset.name} нет параметра «${key}»${guess.ru}`,
    en: `the preset ${preset.name} has no parameter "${key}"${guess.en}`,
  };
}

function missing({ name }: Preset, parameter: string, about: Text): Text {
  return {
    ru: `пресету ${name} нужен параметр ${parameter}: ${about.ru}`,
    en: `the preset ${name} needs the parameter ${parameter}: ${about.en}`,
  };
}

const lonelyWith: Text = {
  ru: 'with заполняет параметры пресета, а preset здесь не назван',
  en: 'with fills in the parameters of a preset, and no preset is named here',
};
const bothRecords: Text = {
  ru: 'record уже даёт preset: оставьте что-то одно (presets eject выпишет запись пресета)',
  en: 'the preset gives the record already: keep one of the two (presets eject writes it out)',
};
const formulaNeeded: Text = {
  ru: 'в этом пресете значение входит в формулу: нужна формула (=…) или текст, а не преобразование',
  en: 'this preset uses the value inside of a formula: a formula (=…) or a text is needed, not a conversion',
};
