import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));

/** Shipped mappings that the demo runs as they are, and three of its own. */
const mappings = [
  'mappings/hire-to-csv.yaml',
  'mappings/examples/hire-to-intranet.yaml',
  'mappings/examples/offer-to-intranet.yaml',
  'mappings/examples/vacancy-to-intranet.yaml',
  'demo/mappings/hire-to-demo-1c.yaml',
  'demo/mappings/closed-vacancy-to-careers.yaml',
  'demo/mappings/candidate-to-manager.yaml',
] as const;

/**
 * What a customer's folder looks like: connector.yaml, mappings, and later a database and a drop folder. In a temporary
 * place.
 */
export class Installation {
  readonly folder = mkdtempSync(join(tmpdir(), 'huntflow-demo-'));
  readonly config = join(this.folder, 'connector.yaml');
  readonly dropFolder = join(this.folder, 'drop');
  readonly mappings = mappings.length;

  constructor() {
    const folder = join(this.folder, 'mappings');
    mkdirSync(folder);
    for (const file of mappings) cpSync(join(project, file), join(folder, file.slice(file.lastIndexOf('/') + 1)));
    mkdirSync(join(folder, 'dictionaries'));
    cpSync(join(project, 'demo/mappings/telegram.csv'), join(folder, 'dictionaries', 'telegram.csv'));
    for (const fixtures of ['mappings/fixtures', 'mappings/examples/fixtures', 'mappings/examples/chats/fixtures'])
      cpSync(join(project, fixtures), join(folder, 'fixtures'), { recursive: true });
  }

  /** connector.yaml with these values in the place of its `${NAME}`; others stay. */
  configure(values: Readonly<Record<string, string>>): void {
    const written = readFileSync(join(project, 'demo', 'connector.yaml'), 'utf8');
    writeFileSync(
      this.config,
      written.replaceAll(/\$\{([A-Z_]+)(?::-[^}]*)?\}/g, (whole, name: string) => values[name] ?? whole),
    );
  }

  /** A webhook body from the fixtures of the mappings. */
  body(name: string): string {
    return readFileSync(join(this.folder, 'mappings', 'fixtures', name), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
