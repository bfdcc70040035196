import { plainNetwork } from '../support/plain-network.ts';
import { chats } from './shipped/chats.ts';

describe('chats', () => {
  plainNetwork();
  for (const chat of chats) chat.describe();
});
