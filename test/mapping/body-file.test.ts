import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { expect } from 'chai';
import { readBodyFile } from '../../src/mapping/file/body-file.ts';

const text = readFileSync('mappings/fixtures/applicant-status-hired.json', 'utf8');
const said = (content: string | Uint8Array): string => {
  const reading = readBodyFile(Buffer.from(content));
  return reading.ok ? 'read' : reading.text.en;
};

describe('the body of a webhook that a person has saved', () => {
  for (const [fact, content] of [
    ['with a mark', `\ufeff${text}`],
    ['by PowerShell, in UTF-16', iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['in UTF-16 without its mark', iconv.encode(text, 'utf-16le')],
    ['with Windows line ends', text.replaceAll('\n', '\r\n')],
    ['with those of old Macs', text.replaceAll('\n', '\r')],
  ] as const)
    it(`is read as it was saved: ${fact}`, () => {
      expect(readBodyFile(Buffer.from(content))).to.deep.equal(readBodyFile(Buffer.from(text)));
      expect(said(content)).to.equal('read');
    });

  for (const [fact, content, says] of [
    ['in windows-1251', iconv.encode(text, 'windows-1251'), 'the file is not UTF-8: save it as UTF-8'],
    ['typographic quotes', '{\n  “id”: 1 }', ': line 2, character 3, a typographic quote'],
    ['a no-break blank', '{\n  "id":\u00a01 }', ': line 2, character 8, a no-break blank'],
    ['a comma too many', '{ "id": 1,\n}', ': line 2, character 1, a comma too many before it'],
    ['single quotes', "{ 'id': 1 }", ': line 1, character 3, double quotes are needed'],
    ['an end that is missing', '{ "id": [1', ': line 1, character 11, the file breaks off'],
    ['a text that is not closed', '{ "id": "x', ', the file breaks off'],
  ] as const)
    it(`is told where it is none, and quoted nowhere: ${fact}`, () => expect(said(content)).to.include(says));
});
