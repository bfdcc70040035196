import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { project } from './installation.ts';

const english = [
  'README.md',
  'stand-ins/onec/README.md',
  ...readdirSync(join(project, 'docs'))
    .filter((name) => name.endsWith('.md') && !name.endsWith('.ru.md'))
    .map((name) => `docs/${name}`),
];

/** What a program reads of the blocks: comments, placeholders and what a command answers are for people. */
function blocks(page: string): string[] {
  return [...page.matchAll(/```(\w*)\n(.*?)```/gs)].flatMap(([, language, block = '']) => {
    if (language === 'mermaid') return [];
    const typed = block.split('\n').filter((line) => line.startsWith('$ '));
    if (typed.length > 0) return [typed.join('\n')];
    return [block.replaceAll(/\s+(?:#|\/\*).*$/gm, '').replaceAll(/<[^>]*>/g, '<…>')];
  });
}

/** What is typed at a prompt. */
function commands(page: string): string[] {
  return blocks(page).flatMap((block) => block.split('\n').filter((line) => /^(?:npm|npx|cat|cd|git) /.test(line)));
}

/** Rows of each table. */
function tables(page: string): number[] {
  return [...page.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) => table.split('\n').length - 1);
}

for (const name of english)
  describe(`${name} and its Russian twin`, () => {
    const twin = join(project, name.replace(/\.md$/, '.ru.md'));
    const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
    const pages = [read(join(project, name)), read(twin)] as const;

    it('are both there, with as many parts, and as many rows in each table', () => {
      const shape = (page: string) => [page.match(/^##+ /gm)?.length, ...tables(page)];
      expect(shape(pages[1])).to.deep.equal(shape(pages[0]));
    });

    it('have the same examples', () => {
      // the columns of the README's first mapping are words of its reader
      const examples = name === 'README.md' ? commands : blocks;
      expect(examples(pages[1])).to.deep.equal(examples(pages[0]));
    });
  });
