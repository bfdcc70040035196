import { expect } from 'chai';
import { Mattermost } from '../../../adapters/mattermost.ts';
import { adapterErrorKind } from '../../../src/adapter.ts';
import { HttpStandIn } from '../../../stand-ins/http-stand-in.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';

/** What becomes of one request after another: an answer, or a connection that is cut after the post was taken. */
type Turn = 'cut' | 'pending' | 'posted' | 'refused';

describe('A post of Mattermost whose answer was lost', () => {
  const attempt = async (turns: readonly Turn[]) => {
    const keys = new Set<unknown>();
    let turn = 0;
    // The machine's clock is set while a post is under way; its key holds no longer or shorter for that.
    let leap = 0;
    const now = () => Date.now() + leap;
    const server = await HttpStandIn.start(({ body }, response, socket) => {
      keys.add(JSON.parse(body).pending_post_id);
      const say = (status: number, content: object): unknown =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
      const what = turns[Math.min(turn, turns.length - 1)];
      turn += 1;
      leap += 3_600_000;
      if (what === 'cut') socket.destroy();
      else if (what === 'pending') say(500, { id: 'api.post.deduplicate_create_post.pending' });
      else if (what === 'refused') say(400, { id: 'model.post.is_valid.message_length.app_error' });
      else say(201, { id: 'post-1' });
    });
    const settings = Mattermost.settings.cast({ baseUrl: server.url, token: 'geheim' });
    const chat = new Mattermost(settings, toolsIn('/nowhere', { timeout: 2000, now }));
    const delivery = deliveryOf(1);
    try {
      const error: unknown = await chat.deliver({ to: 'c1', text: 'x' }, delivery).then(
        () => undefined,
        (failed: unknown) => failed,
      );
      return { error, keys: keys.size, requests: turn };
    } finally {
      await chat.close();
      await server.stop();
    }
  };

  it('is repeated at once with its key, and known to be there', async () => {
    expect(await attempt(['cut', 'posted'])).to.deep.equal({ error: undefined, keys: 1, requests: 2 });
  });

  it('is asked for while Mattermost is still at it', async () => {
    expect(await attempt(['cut', 'pending', 'posted'])).to.deep.equal({ error: undefined, keys: 1, requests: 3 });
  });

  it('is told as unknown when nothing tells, and never as sent again in vain', async () => {
    const { error, requests } = await attempt(['cut']);
    expect(adapterErrorKind(error)).to.equal('uncertain');
    expect(String(error)).to.include('may come twice');
    expect(requests).to.equal(2);
  });

  it('is refused when the repetition is', async () => {
    const { error } = await attempt(['cut', 'refused']);
    expect(adapterErrorKind(error)).to.equal('rejected');
  });

  it('is not repeated where no answer was lost', async () => {
    const { error, requests } = await attempt(['pending']);
    expect(adapterErrorKind(error)).to.equal('unavailable');
    expect(requests).to.equal(1);
  });
});
