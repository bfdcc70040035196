/**
 * What every body may hold at first: Huntflow's are smaller, those of strangers who want to fill the memory are not.
 */
const smallBody = 256 * 1024;

export interface BodyRoomLimits {
  /** Bytes of all bodies up to 256 KB. */
  readonly small: number;
  /** Bytes of all larger ones. */
  readonly large: number;
}

/** The body of one request under way, in the memory for all of them. */
export interface BodyPlace {
  /** Bytes it holds. */
  held: number;
  /** Whether bytes are still to come: only such a body may lose its place. */
  unfinished: boolean;
  /** Takes the place away. */
  readonly drop: () => void;
}

/**
 * The memory for bodies of all requests under way. When it is full the body that has been unfinished for longest goes:
 * whoever sends without end makes room for whoever sends a webhook, not the other way round. Small bodies have a
 * reserve that no large one can take.
 */
export class BodyRoom {
  readonly #limits: BodyRoomLimits;
  /** In the order they began. */
  readonly #places = new Set<BodyPlace>();
  #small = 0;
  #large = 0;

  constructor(limits: BodyRoomLimits) {
    this.#limits = limits;
  }

  /** Bytes held by all bodies. */
  get held(): number {
    return this.#small + this.#large;
  }

  enter(drop: () => void): BodyPlace {
    const place = { held: 0, unfinished: true, drop };
    this.#places.add(place);
    return place;
  }

  /** The place holds so many bytes from now on; drops bodies, this one perhaps, until all fit. */
  resize(place: BodyPlace, bytes: number): void {
    if (!this.#places.has(place)) return;
    this.#count(place, -1);
    place.held = bytes;
    this.#count(place, 1);
    while (this.#places.has(place) && this.#isFull(isLarge(place))) this.#drop(this.#oldest(isLarge(place)) ?? place);
  }

  leave(place: BodyPlace): void {
    if (this.#places.delete(place)) this.#count(place, -1);
  }

  #isFull(large: boolean): boolean {
    return large ? this.#large > this.#limits.large : this.#small > this.#limits.small;
  }

  #oldest(large: boolean): BodyPlace | undefined {
    for (const place of this.#places) if (place.unfinished && place.held > 0 && isLarge(place) === large) return place;
    return undefined;
  }

  #drop(place: BodyPlace): void {
    this.leave(place);
    place.drop();
  }

  #count(place: BodyPlace, sign: 1 | -1): void {
    if (isLarge(place)) this.#large += sign * place.held;
    else this.#small += sign * place.held;
  }
}

function isLarge({ held }: BodyPlace): boolean {
  return held > smallBody;
}

/** Of a service with this `server.bodyLimit`: some of the largest bodies at a time, however large they may be. */
export function bodyRoomFor(bodyLimit: number): BodyRoom {
  return new BodyRoom({ small: 32 * 1024 ** 2, large: Math.max(64 * 1024 ** 2, 4 * bodyLimit) });
}
