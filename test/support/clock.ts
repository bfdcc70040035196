/** A clock that moves when it is told to. */
export class Clock {
  time: number;

  constructor(time = Date.parse('2026-12-01T09:00:00Z')) {
    this.time = time;
  }

  readonly now = (): number => this.time;

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}
