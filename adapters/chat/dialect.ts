import type { RejectedError, UnavailableError, UncertainError } from '../../src/adapter.ts';
import type { HttpMethod } from '../http.ts';

/** One request of a chat's API; `body` is sent as JSON. */
export interface ChatRequest {
  readonly method: HttpMethod;
  /** Below the base address; may hold a secret, so it is shown nowhere. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>> | readonly string[];
  /** In place of `body`, for files. */
  readonly form?: FormData;
  readonly bytes?: Uint8Array;
  /** Another origin than the chat's own, which gets none of its credentials. */
  readonly origin?: string;
  /** What stands in the attempt for it, e.g. `POST sendMessage`. */
  readonly summary: string;
}

/** An answer that was read; a body that is no JSON is undefined. */
export interface ChatAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export type ChatRefusal = UnavailableError | RejectedError | UncertainError;

/** What a chat says to a request: it took it, or why not, or to whom the same is to be sent instead. */
export type Verdict =
  | { readonly is: 'taken'; /** The chat's own id of what was posted, when it tells one. */ readonly id?: string }
  | { readonly is: 'refused'; readonly error: ChatRefusal }
  | { readonly is: 'moved'; readonly to: string };

export type Ask = (request: ChatRequest) => Promise<ChatAnswer>;

export interface Found {
  readonly id: string;
}

/** What is said, ready for a dialect to escape. */
export interface Words {
  readonly text: string;
  readonly link: { readonly text: string; readonly url: string } | undefined;
  /** The same over attempts of one delivery to one recipient. */
  readonly key: string;
}

/** Milliseconds between two posts; a chat may have chats of several kinds. */
export interface Gaps {
  readonly chat: number | ((chat: string) => number);
  readonly all: number;
}

/** What tells one chat from another; everything else is `chat.ts`. */
export interface Dialect {
  /** As people call it, in their sentences. */
  readonly name: string;
  /** Milliseconds between two posts into one chat, and between any two (facts/targets.md 2.1, 3.1, 4). */
  readonly spacing: Gaps;
  /** Milliseconds for which the chat heeds a key of ours: a repetition within makes nothing twice. 0: never. */
  readonly keyHolds: number;
  post(to: string, words: Words): ChatRequest;
  /** A file with the words as its caption; undefined where files are not sent. */
  readonly postFile?: (to: string, words: Words, file: File) => ChatRequest;
  /**
   * In place of `postFile`, where a file is brought first and posted then: brings it, and gives the request that posts
   * it, or why there is none. Nobody sees what was brought alone.
   */
  readonly bringFile?: (to: string, words: Words, file: File, ask: Ask) => Promise<ChatRequest | ChatRefusal>;
  /** @param chat the recipient, for what is held. */
  verdict(answer: ChatAnswer, chat: string): Verdict;
  /** Finds whom to write to by an e-mail address, or tells why it cannot; undefined where the chat has no such way. */
  readonly find?: (email: string, ask: Ask) => Promise<Found | ChatRefusal>;
  /** What proves address and token without posting anything; undefined where nothing does. */
  readonly check?: ChatRequest;
}
