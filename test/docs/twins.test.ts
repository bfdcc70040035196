import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { project } from './installation.ts';

const docs = join(project, 'docs');
const english = readdirSync(docs).filter((name) => name.endsWith('.md') && !name.endsWith('.ru.md'));

/** What a program reads of the blocks: comments, placeholders and what a command answers are for people. */
function blocks(page: string): string[] {
  return [...page.matchAll(/```(\w*)\n(.*?)```/gs)].flatMap(([, language, block = '']) => {
    if (language === 'mermaid') return [];
    const typed = block.split('\n').filter((line) => line.startsWith('$ '));
    if (typed.length > 0) return [typed.join('\n')];
    return [block.replaceAll(/\s+(?:#|\/\*).*$/gm, '').replaceAll(/<[^>]*>/g, '<…>')];
  });
}

/** Rows of each table. */
function tables(page: string): number[] {
  return [...page.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) => table.split('\n').length - 1);
}

for (const name of english)
  describe(`docs/${name} and its Russian twin`, () => {
    const twin = join(docs, name.replace(/\.md$/, '.ru.md'));
    const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
    const pages = [read(join(docs, name)), read(twin)] as const;

    it('are both there, with as many parts, and as many rows in each table', () => {
      const shape = (page: string) => [page.match(/^##+ /gm)?.length, ...tables(page)];
      expect(shape(pages[1])).to.deep.equal(shape(pages[0]));
    });

    it('have the same examples', () => {
      expect(blocks(pages[1])).to.deep.equal(blocks(pages[0]));
    });
  });
