import { HttpStandIn } from '../stand-ins/http-stand-in.ts';
import { TelegramStandIn } from '../stand-ins/chats/telegram.ts';
import { OnecStandIn } from '../stand-ins/onec/stand-in.ts';

const token = '17:demo';

/** What the demo has instead of real systems: small servers of its own on this machine, and nothing beyond it. */
export class StandIns {
  readonly onec: OnecStandIn;
  readonly intranet: HttpStandIn;
  readonly careers: HttpStandIn;
  readonly telegram: TelegramStandIn;

  private constructor(onec: OnecStandIn, intranet: HttpStandIn, careers: HttpStandIn, telegram: TelegramStandIn) {
    this.onec = onec;
    this.intranet = intranet;
    this.careers = careers;
    this.telegram = telegram;
  }

  /** The careers site is under maintenance to begin with, and who ordered the vacancy has blocked the bot. */
  static async start(): Promise<StandIns> {
    const [onec, intranet, careers, telegram] = await Promise.all([
      OnecStandIn.start(),
      HttpStandIn.start(({ method }, response) =>
        response.writeHead(method === 'POST' ? 201 : 200, { 'Content-Type': 'application/json' }).end('{}'),
      ),
      HttpStandIn.start((_arrival, response) => response.writeHead(503).end()),
      TelegramStandIn.start(token),
    ]);
    telegram.troubles.set('17001', { code: 403, description: 'Forbidden: bot was blocked by the user' });
    return new StandIns(onec, intranet, careers, telegram);
  }

  openCareers(): void {
    this.careers.answer = (_arrival, response) => response.writeHead(204).end();
  }

  /** Values for the demo's connector.yaml. */
  get addresses(): Readonly<Record<string, string>> {
    const { user, password } = this.onec.behaviour;
    return {
      INTRANET: this.intranet.url,
      CAREERS: this.careers.url,
      TELEGRAM: this.telegram.url,
      TELEGRAM_TOKEN: token,
      ONEC: this.onec.url,
      ONEC_USER: user,
      ONEC_PASSWORD: password,
    };
  }

  async stop(): Promise<void> {
    await Promise.all([this.onec.stop(), this.intranet.stop(), this.careers.stop(), this.telegram.stop()]);
  }
}
