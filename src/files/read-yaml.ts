import { RestingWorker } from '../process/resting-worker.ts';
import { ThreadLostError } from '../process/thread-client.ts';
import { workerBeside } from '../process/worker-place.ts';
import { plainLines, YamlDocument } from './yaml-document.ts';
import type { YamlTree } from './yaml-tree.ts';

/** Characters; most mappings have a third of it. */
const inPlaceLength = 16_384;
/** A parser that calls itself for each level needs a second for 10 KB of nothing but brackets (measured). */
const inPlaceBrackets = 500;
const inPlaceLine = 1_000;

const thread = new RestingWorker<string, YamlTree>({
  file: workerBeside(import.meta.url, './yaml-thread'),
  name: 'yaml',
  lives: 'in a thread',
  memory: 512,
  deadline: 10_000,
  rest: 5_000,
});

/** A YAML text with its places; a large one is parsed in a thread, where it holds nobody up. */
export async function readYaml(file: string, text: string): Promise<YamlDocument> {
  if (isQuick(text)) return new YamlDocument(file, text);
  const bare = plainLines(text);
  return new YamlDocument(file, bare, await parsedApart(bare));
}

function isQuick(text: string): boolean {
  if (text.length > inPlaceLength) return false;
  let [brackets, line] = [0, 0];
  for (const character of text) {
    line = character === '\n' ? 0 : line + 1;
    if (character === '[' || character === '{') brackets += 1;
    if (brackets > inPlaceBrackets || line > inPlaceLine) return false;
  }
  return true;
}

async function parsedApart(text: string): Promise<YamlTree> {
  try {
    return await thread.ask(text);
  } catch (error) {
    if (error instanceof ThreadLostError)
      return { root: undefined, faults: [{ offset: 0, what: 'too slow', words: '' }] };
    throw error;
  }
}
