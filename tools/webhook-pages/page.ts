import { actions } from '../../src/mapping/file/event-words.ts';
import { eventShapes } from '../../src/huntflow/shapes/all.ts';
import { type EventShape, fieldsOf, type ShapeField } from '../../src/huntflow/shapes/event-shape.ts';
import type { Language } from '../../src/text.ts';

const kinds: Readonly<Record<string, string>> = {
  text: 'текст',
  number: 'число',
  boolean: 'да или нет',
  date: 'дата',
  time: 'дата и время',
  list: 'список',
  object: 'набор полей',
};

const heads: Readonly<Record<Language, string>> = {
  ru: `# Что говорят вебхуки

Все события, виды и поля, которые описывает Хантфлоу (версии 1.0 и 2.0), под теми именами, которыми их называют формулы. Поле списка читается у каждого его элемента.
Что отмечено «…», устроено у каждой организации по-своему. Хантфлоу может добавить поля в любой день: неизвестное имя в формуле — предупреждение, не ошибка.
Эта страница сделана из \`src/huntflow/shapes\` командой \`npm run schema\`.

\`PING\` — проверка связи: на неё сервис отвечает сразу и никогда её не сопоставляет.
Действия (\`on.action\`): ${actions.map((each) => `\`${each}\``).join(', ')}.
`,
  en: `# What the webhooks say

All events, types and fields that Huntflow describes (versions 1.0 and 2.0), by the names that formulas use. A field of a list is read of each of its items.
What is marked … is shaped by each organisation. Huntflow may add fields any day: an unknown name in a formula is a warning, no error.
This page is made of \`src/huntflow/shapes\` by \`npm run schema\`; the Russian page has the words of Huntflow's documents beside each field.

\`PING\` checks the connection: it is answered at once and never mapped.
Actions (\`on.action\`): ${actions.map((each) => `\`${each}\``).join(', ')}.
`,
};

/** docs/webhooks.md or its Russian twin. */
export function webhooksPage(language: Language): string {
  return [heads[language], ...eventShapes.map((shape) => section(shape, language))].join('\n');
}

function section(shape: EventShape, language: Language): string {
  const types = shape.types.map((type) => `\`${type}\``).join(', ');
  const none = { ru: 'вида у этих событий нет', en: 'these events have no type' }[language];
  const head =
    language === 'ru' ? '| поле | что это | описание |\n| --- | --- | --- |' : '| field | kind |\n| --- | --- |';
  const rows = fieldsOf(shape).map((field) => row(field, language));
  return `## ${shape.event}: ${shape.title[language]}

${{ ru: 'Виды', en: 'Types' }[language]} (\`on.type\`): ${types === '' ? none : types}.

${head}
${rows.join('\n')}
`;
}

function row({ path, kind, open, words }: ShapeField, language: Language): string {
  const name = `| \`${path.join('.')}\` |`;
  const shown = `${language === 'ru' ? (kinds[kind] ?? kind) : kind}${open ? ' …' : ''}`;
  return language === 'ru' ? `${name} ${shown} | ${words.replaceAll('|', '/')} |` : `${name} ${shown} |`;
}
