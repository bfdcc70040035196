import type { Command } from 'commander';
import { App } from '../app.ts';
import { startedByNpm } from '../config/process-environment.ts';
import { releaseYoungGeneration } from '../process/heap.ts';
import { type ConfigOption, configured } from './options.ts';
import { startError } from './start-error.ts';
import { CommandError, type Terminal } from './terminal.ts';

export function serveCommand(terminal: Terminal): Command {
  return configured('serve', 'take webhooks and deliver records until told to stop').action((options: ConfigOption) =>
    serve(options.config, terminal),
  );
}

/** Returns after a SIGTERM or SIGINT has been obeyed. */
async function serve(path: string, terminal: Terminal): Promise<void> {
  const app = await App.create(path);
  const lost = app.overtaken;
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
    if (startedByNpm()) whenOrphaned(resolve);
    lost.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    await app.start();
  } catch (error) {
    await app.stop();
    throw startError(error, app.composition.config.database.url, true);
  }
  tellReady(app, terminal);
  releaseYoungGeneration();
  process.on('SIGHUP', () => void app.reload());
  // Intake must outlive what an adapter throws into the air: Huntflow gives up after four tries.
  process.on('uncaughtException', (error) => app.composition.report.strayError(error));
  process.on('unhandledRejection', (error) => app.composition.report.strayError(error));
  await asked;
  await app.stop();
  if (lost.aborted) throw overtaken;
}

/** A person reads a sentence; what collects logs expects a line of JSON like all others. */
function tellReady(app: App, terminal: Terminal): void {
  const webhooks = `${app.serverUrl}/webhooks/…`;
  const health = `${app.consoleUrl}/health/ready`;
  const page = `${app.consoleUrl}/console/`;
  if (!process.stderr.isTTY) {
    app.composition.report.ready(webhooks, health, page);
    return;
  }
  terminal.note(
    {
      ru: `Готов: вебхуки на ${webhooks}, состояние на ${health}, консоль на ${page}`,
      en: `Ready: webhooks at ${webhooks}, health at ${health}, the console at ${page}`,
    }[terminal.language],
  );
}

const overtaken = new CommandError({
  ru: 'эту базу теперь обслуживает другой huntflow-connector: этот стоял (остановлен, заморожен), а его файл .lock удалили; он ничего больше не записал и не отправил и завершается',
  en:
    'another huntflow-connector serves this database by now: this one stood still (stopped, frozen) and its .lock file ' +
    'was deleted; it has written and sent nothing more, and ends',
});

/** npm passes a signal on to its shell, and some shells die of it without telling us. */
function whenOrphaned(stop: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}
