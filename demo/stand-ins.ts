import { HttpStandIn } from '../stand-ins/http-stand-in.ts';
import { OnecStandIn } from '../stand-ins/onec/stand-in.ts';

/** What the demo has instead of real systems: small servers of its own on this machine, and nothing beyond it. */
export class StandIns {
  readonly onec: OnecStandIn;
  readonly intranet: HttpStandIn;
  readonly careers: HttpStandIn;

  private constructor(onec: OnecStandIn, intranet: HttpStandIn, careers: HttpStandIn) {
    this.onec = onec;
    this.intranet = intranet;
    this.careers = careers;
  }

  /** The careers site is under maintenance to begin with. */
  static async start(): Promise<StandIns> {
    const [onec, intranet, careers] = await Promise.all([
      OnecStandIn.start(),
      HttpStandIn.start(({ method }, response) =>
        response.writeHead(method === 'POST' ? 201 : 200, { 'Content-Type': 'application/json' }).end('{}'),
      ),
      HttpStandIn.start((_arrival, response) => response.writeHead(503).end()),
    ]);
    return new StandIns(onec, intranet, careers);
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
      ONEC: this.onec.url,
      ONEC_USER: user,
      ONEC_PASSWORD: password,
    };
  }

  async stop(): Promise<void> {
    await Promise.all([this.onec.stop(), this.intranet.stop(), this.careers.stop()]);
  }
}
