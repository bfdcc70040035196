import { expect } from 'chai';
import { namesOf, sentTexts } from '../../adapters/onec/error-words.ts';
import { readMetadata } from '../../adapters/onec/metadata-reader.ts';
import { parsePath } from '../../src/files/validation.ts';
import { conversionNames, convert } from '../../src/mapping/conversions/conversion.ts';
import { withRemedies } from '../../src/files/yaml-remedies.ts';
import { htmlToText } from '../../src/mapping/formulas/functions/html-text.ts';
import { fullName, initials } from '../../src/mapping/formulas/functions/person-name.ts';
import { transliterate } from '../../src/mapping/formulas/functions/transliteration.ts';
import { threadTime } from '../support/thread-time.ts';

const of = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length));

/** Texts that make patterns go back and forth. */
const nasty =
  '<li|<|< |<!--|</script |<br |&|&#| |\n |1|0|1 000 |.|-|"|\'|["|Аа Бб |(1|guid\'|{|a@|+7 (|ц|- =|: "'.split('|');

const functions: Readonly<Record<string, (text: string) => unknown>> = {
  htmlToText,
  transliterate: (text) => transliterate(text, 'gost'),
  fullName,
  initials,
  namesOf: (text) => namesOf(text, ['Иванова', of('x', 300_000)]),
  parsePath,
  withRemedies: (text) =>
    withRemedies(
      [{ file: 'x', line: 1, column: 9, level: 'error', text: { ru: 'x', en: 'at node end' } }],
      `a: ${text}`,
    ),
  ...Object.fromEntries(
    conversionNames.map((name) => [`as: ${name}`, (text: string) => convert(name, text, 'Europe/Moscow')]),
  ),
};

describe('a text of 100,000 characters', function suite() {
  this.timeout(60_000);
  for (const [name, use] of Object.entries(functions))
    it(`costs ${name} a few passes`, () => {
      for (const piece of nasty) {
        const text = of(piece, 100_000);
        const began = threadTime();
        use(text);
        use(`${text}x`);
        expect(threadTime() - began, piece).to.be.below(700);
      }
    });

  it('costs the reading of metadata no more than that', async () => {
    for (const piece of ['<EntityType ', '<EntityType>', '<EntitySet Name="a" ', '<Association/>']) {
      const began = process.cpuUsage();
      await readMetadata([Buffer.from(`<edmx:Edmx>${of(piece, 240_000)}></edmx:Edmx>`)]);
      expect(process.cpuUsage(began).user / 1_000, piece).to.be.below(3_000);
    }
  });
});

describe('what 1C answers in very many words', () => {
  it('keeps nothing of what was sent, wherever it is cut', () => {
    const comment = of('тайна комментария ', 3_000);
    const answer = `Ошибка: ${of('Иванова ', 3_500)} ${comment}${of('и ещё ', 100_000)}`;
    const words = namesOf(answer, sentTexts({ comment, name: 'Иванова' }));
    expect(words).to.equal('');
  });
});

describe('the path that yup writes', () => {
  it('is read part by part', () => {
    expect(parsePath('a.b[0]["c.d"].e[12].f')).to.deep.equal(['a', 'b', 0, 'c.d', 'e', 12, 'f']);
    expect(parsePath('')).to.deep.equal([]);
    expect(parsePath('["x y"].7')).to.deep.equal(['x y', '7']);
  });
});
