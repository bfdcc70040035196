import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import type { Answers } from '../../src/cli/init/answers.ts';
import { ask, type Given } from '../../src/cli/init/questions.ts';
import { until } from '../support/until.ts';

const defaults: Answers = {
  language: 'ru',
  folder: '/srv/huntflow',
  targets: ['csv'],
  stage: 'Выход на работу',
  onec: undefined,
  organisation: 'ООО Ромашка',
  intranet: undefined,
  zone: 'Europe/Moscow',
  port: 8080,
};

const [enter, down, space, cancel, clear] = ['\r', '\u001b[B', ' ', '\u0003', '\u0015'];

/** Answers question after question, each once it stands on the screen. */
async function asked(given: Given, script: readonly (readonly [question: string, keys: readonly string[]])[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 200, rows: 50 });
  let screen = '';
  output.on('data', (chunk: Buffer) => (screen += chunk.toString('utf8')));
  const answers = ask(given, defaults, { input, output });
  const settled = answers.catch((error: unknown) => error);
  for (const [question, keys] of script) {
    await until(question, () => stripVTControlCharacters(screen).includes(question));
    // the library's own hints know no Russian
    expect(stripVTControlCharacters(screen)).to.not.match(/navigate|confirm|select:/);
    screen = '';
    for (const key of keys) {
      input.write(key);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return settled;
}

describe('the questions of init at a terminal', () => {
  it('are asked in the language that was chosen, and only for what is not known', async () => {
    const answers = await asked({ zone: 'Asia/Omsk' }, [
      ['Язык · Language', [enter]],
      ['Папка для настроек', [enter]],
      ['Куда передавать?', [down, space, enter]],
      ['этап, на котором человека берут', [clear, 'Принят', enter]],
      ['Адрес OData вашей 1С', [clear, 'http://1c.local/zup/odata/standard.odata', enter]],
      ['Организация, как она называется в 1С', [clear, 'ООО Лютик', enter]],
    ]);

    expect(answers).to.deep.equal({
      ...defaults,
      zone: 'Asia/Omsk',
      targets: ['csv', 'onec-odata'],
      stage: 'Принят',
      onec: 'http://1c.local/zup/odata/standard.odata',
      organisation: 'ООО Лютик',
    });
  });

  it('are asked in English, and insist on an answer', async () => {
    const answers = await asked({ folder: '/srv/x', targets: ['rest'] }, [
      ['Язык · Language', [down, enter]],
      ['What is the stage in Huntflow called', [clear, enter]],
      ['an answer is needed', ['33', enter]],
      ['The address of the intranet API', [enter]],
    ]);

    expect(answers).to.include({ language: 'en', stage: '33', intranet: 'https://intranet.example/api' });
  });

  it('make nothing when the person leaves', async () => {
    const left = await asked({}, [
      ['Язык · Language', [enter]],
      ['Папка для настроек', [cancel]],
    ]);

    expect(left).to.be.instanceOf(Error).and.to.have.nested.property('text.ru', 'ничего не создано');
  });
});
