import { wholeWay } from './test/bench/road.ts';
for (let i = 0; i < 3; i++) {
  const f = await wholeWay('forwarder', 3000, () => '');
  const c = await wholeWay('connector', 3000, (w) => `sqlite:${w.path('b.db')}`);
  console.log('forwarder', f.toFixed(0), 'connector', c.toFixed(0), (c / f).toFixed(2));
}
