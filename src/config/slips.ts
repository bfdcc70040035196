import { mixedWord, twoAlphabets } from '../files/alphabets.ts';
import type { Fault } from '../files/fault.ts';
import { isTypographic, typographic } from '../files/typographic.ts';
import type { Path } from '../files/validation.ts';
import type { YamlDocument } from '../files/yaml-document.ts';
import type { YamlNode, YamlScalar } from '../files/yaml-tree.ts';
import type { Text } from '../text.ts';
import { isOfSecret } from './environment.ts';

/** What YAML read otherwise than it was typed, and what word processors have made of a value. */
export function slipsIn(document: YamlDocument): Fault[] {
  const found: Fault[] = [];
  const look = (node: YamlNode | undefined, path: Path): void => {
    switch (node?.kind) {
      case 'map':
        for (const { key, value } of node.pairs) look(value, [...path, key]);
        return;
      case 'list':
        for (const [index, item] of node.items.entries()) look(item, [...path, index]);
        return;
      case 'scalar':
        for (const [level, text] of slipsOf(node, path)) found.push(document.fault(path, text, { level }));
        return;
      case undefined:
    }
  };
  look(document.root, []);
  return found;
}

function* slipsOf(scalar: YamlScalar, path: Path): Iterable<readonly [Fault['level'], Text]> {
  const { source, value, comment, style } = scalar;
  const variable = /^\$([A-Z_][A-Z0-9_]*)$|^%([A-Za-z_]\w*)%$/.exec(source);
  if (variable !== null) yield ['warning', otherShell(variable[1] ?? variable[2] ?? '')];
  const mixed = path.includes('stages') ? mixedWord(source) : undefined;
  if (mixed !== undefined) yield ['warning', twoAlphabets(mixed)];
  if (style !== 'plain') return;
  const literal = isOfSecret(path) || path.includes('stages') || path[0] === 'alarms';
  // 1.50 may well be a number, and no setting of the program has noughts before one.
  if (literal && typeof value === 'number' && String(value) !== source)
    yield [/^\d*\.\d+$/.test(source) ? 'warning' : 'error', changed(isOfSecret(path))];
  if (isOfSecret(path) && comment !== undefined && /^\S/.test(comment)) yield ['warning', cut];
  // Secrets of sources are looked at where both readings of one are made.
  if (path[0] !== 'sources' && isTypographic(source)) yield ['warning', typographic];
  if (/^[–—] /.test(source)) yield ['warning', dash];
}

/** A number that is a secret is quoted by nobody. */
function changed(secret: boolean): Text {
  return secret
    ? {
        ru: 'это число YAML прочёл бы с другими цифрами (нули в начале, больше 15 цифр, 0x, 1e5): возьмите его в кавычки',
        en: 'YAML would read other digits of this number (noughts before it, more than 15 digits, 0x, 1e5): quote it',
      }
    : {
        ru: 'номер или название из одних цифр YAML прочёл бы иначе, чем оно набрано: возьмите его в кавычки',
        en: 'YAML would read this number otherwise than it is typed: quote it',
      };
}

const cut: Text = {
  ru: 'текст после « #» — комментарий и в значение не входит: если это его часть, возьмите всё в кавычки',
  en: 'what stands behind " #" is a comment and no part of the value: if it is meant to be, quote the whole',
};
const dash: Text = {
  ru: 'строка начинается с тире, и оно стало частью значения: список в YAML пишут через дефис «- »',
  en: 'the line begins with a dash, which is a part of the value: a list of YAML is written with hyphens `- `',
};

function otherShell(name: string): Text {
  return {
    ru: `переменная окружения здесь не подставляется: нужно "\${${name}}"`,
    en: `no variable of the environment is put in here: "\${${name}}" is needed`,
  };
}
