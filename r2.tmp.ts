import { wholeWay } from './test/bench/road.ts';
console.log(await wholeWay('connector', 4000, (w) => `sqlite:${w.path('b.db')}`));
