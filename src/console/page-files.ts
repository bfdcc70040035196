import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the build of the page left: its first script and style, and every file that may be asked for. */
interface Manifest {
  readonly script: string;
  readonly style: string;
  readonly files: readonly string[];
}

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** The same, compressed; undefined where that saves nothing. */
  readonly gzip: Buffer | undefined;
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
};

/** Beside the sources the build lies in dist; beside the compiled code it is a sibling of it. */
const places = ['../../dist/console/', '../../console/'].map((place) => new URL(place, import.meta.url));

/** The built page. A name that the build did not write is no file, whatever stands on the disk. */
export class PageFiles {
  readonly script: string;
  readonly style: string;
  readonly #files: ReadonlyMap<string, PageFile>;

  private constructor(manifest: Manifest, folder: URL) {
    this.script = manifest.script;
    this.style = manifest.style;
    this.#files = new Map(manifest.files.map((name) => [name, readPageFile(new URL(name, folder))]));
  }

  /** Undefined when nobody has built it: `npm ci --ignore-scripts` does not. */
  static read(): PageFiles | undefined {
    const folder = places.find((place) => existsSync(fileURLToPath(new URL('manifest.json', place))));
    if (folder === undefined) return undefined;
    const manifest: Manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'));
    return new PageFiles(manifest, folder);
  }

  find(name: string): PageFile | undefined {
    return this.#files.get(name);
  }
}

function readPageFile(url: URL): PageFile {
  const ending = url.pathname.split('.').at(-1) ?? '';
  const compressed = new URL(`${url.href}.gz`);
  return {
    type: types[ending] ?? 'application/octet-stream',
    bytes: readFileSync(url),
    gzip: existsSync(compressed) ? readFileSync(compressed) : undefined,
  };
}
