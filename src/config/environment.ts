import type { Fault } from '../files/fault.ts';
import { isQuoteAtOneEnd, oddEnds } from './odd-ends.ts';
import type { Path } from '../files/validation.ts';
import type { YamlDocument } from '../files/yaml-document.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const reference = /\$(\$\{)|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/**
 * Puts `${NAME}` and `${NAME:-default}` into every text of a parsed file, so that a value can never change the file's
 * structure. As in a shell, `:-` also stands in for an empty variable. `$${` is a literal `${`. `spare`: where a
 * variable that is not set, or empty, is no fault.
 */
export function substitute(
  document: YamlDocument,
  environment: Environment,
  { spare = () => false }: { readonly spare?: (path: Path) => boolean } = {},
): { readonly value: unknown; readonly faults: readonly Fault[]; readonly spared: readonly Path[] } {
  const faults: Fault[] = [];
  const spared: Path[] = [];

  function text(value: string, path: Path): string {
    if (value.replaceAll(reference, '').includes('${')) {
      faults.push(
        document.fault(path, {
          ru: 'ссылка на переменную окружения написана с ошибкой: нужно ${ИМЯ} или ${ИМЯ:-значение}, имя латиницей; буквальное ${ пишут $${',
          en:
            'a reference to the environment is misspelt: ${NAME} or ${NAME:-default} is needed; a literal ${ ' +
            'is written $${',
        }),
      );
    }
    return value.replaceAll(reference, (whole: string, escaped?: string, name?: string, fallback?: string) => {
      if (escaped !== undefined || name === undefined) return whole.slice(1);
      const found = environment[name];
      if (!found && fallback === undefined && spare(path)) {
        spared.push(path);
        return '';
      }
      if (found !== undefined && (found !== '' || fallback === undefined)) {
        if (found === '') warnOfNothing(name, path);
        warnOfOddEnds(found, name, path);
        return found;
      }
      if (fallback !== undefined) return fallback;
      // A secret written into connector.yaml is no secret: no default is proposed for one.
      const otherwise =
        path[0] === 'sources'
          ? { ru: '', en: '' }
          : { ru: ` или напишите \${${name}:-значение по умолчанию}`, en: `, or write \${${name}:-default}` };
      faults.push(
        document.fault(path, {
          ru: `переменная окружения ${name} не задана: задайте её в окружении службы или в .env${otherwise.ru}; верно ли написано имя?`,
          en: `the environment variable ${name} is not set: set it for the service or in .env${otherwise.en}; is its name spelt right?`,
        }),
      );
      return '';
    });
  }

  /** An empty secret of a source is looked at as one; a file of variables begins with empty ones. */
  function warnOfNothing(name: string, path: Path): void {
    if (path[0] !== 'targets') return;
    const text = {
      ru: `переменная окружения ${name} пуста: впишите её значение в .env или в окружение службы; если пустое значение и нужно, напишите \${${name}:-}`,
      en: `the environment variable ${name} is empty: put its value into .env or the environment of the service; if empty is meant, write \${${name}:-}`,
    };
    faults.push(document.fault(path, text, { level: 'warning' }));
  }

  /** Secrets of sources are looked at as a whole, wherever they come from. */
  function warnOfOddEnds(value: string, name: string, path: Path): void {
    const odd = path[0] === 'sources' || isQuoteAtOneEnd(value) ? undefined : oddEnds(value);
    if (odd === undefined) return;
    faults.push(
      document.fault(
        path,
        {
          ru: `переменная окружения ${name} записана странно: ${odd.ru}; так она и будет использована, исправьте её, если это не задумано`,
          en:
            `the environment variable ${name} looks odd: it ${odd.en}; it is used as it is, so mend it if that ` +
            'is not meant',
        },
        { level: 'warning' },
      ),
    );
  }

  function walk(value: unknown, path: Path): unknown {
    if (typeof value === 'string') return text(value, path);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index]));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]));
    return value;
  }

  return { value: walk(document.value, []), faults, spared };
}

/** A secret of a source, or anything of the settings of a target. */
export function isOfSecret([section, name, key]: Path): boolean {
  return (
    (section === 'sources' && key === 'secrets') ||
    (section === 'targets' && key === 'settings') ||
    (section === 'console' && name === 'oidc')
  );
}
