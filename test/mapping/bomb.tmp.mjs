import { Worker, isMainThread, workerData } from 'node:worker_threads';
import jsonata from 'jsonata';
if (!isMainThread) {
  try { const r = await jsonata(workerData, {sequence:1e6}).evaluate({a:'x'}); console.log('  result', typeof r, String(r).slice(0,30)); } catch (e) { console.log('  caught', e.code, String(e.message).slice(0,100)); }
} else {
  const bombs = process.argv.slice(2).length ? process.argv.slice(2) : [
   '$map([1..1000000], function($i){[1..1000000]})',
   '$pad("a", 500000000)',
   '($f := function($s){$f($s & $s)}; $f("aaaaaaaaaa"))',
   '($f := function($s){$f($append($s, $s))}; $f([1,2,3]))',
   '($f := function($s){[$s, $f($s)]}; $f([1,2,3]))',
   '($f := function(){$f()}; $f())',
   '($f := function(){1 + $f()}; $f())',
   '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", /(a+)+$/)',
   '$join($map([1..1000000], function($i){$pad("a", 100000)}))',
   '$split($pad("a", 100000000), "")',
   '$reduce([1..1000000], function($a,$b){$a & $pad("z", 1000000)}, "")',
   '$formatNumber(1, $pad("0", 30000000))',
   '$sort([1..1000000], function($a,$b){$a < $b})',
   '$zip([1..1000000],[1..1000000],[1..1000000])',
   '{"__proto__": {"x": 1}}', 'a.constructor', '$string.constructor("return process")()', '$eval("$now.constructor")','$lookup($, "__proto__")', '$keys($lookup($, "constructor"))',
   '$power(10,400)', '$string(/a/)', '/a/', '$clone', '$',
   '$spread({"__proto__":1})', '$merge([{"__proto__":{"p":1}}])', '$ ~> |$|{"__proto__":{"polluted":1}}|', '$toMillis("x")',
  ];
  for (const b of bombs) {
    const t = performance.now();
    console.log(b);
    const w = new Worker(new URL(import.meta.url), { workerData: b, resourceLimits: { maxOldGenerationSizeMb: 256, stackSizeMb: 4 } });
    const timer = setTimeout(() => { console.log('  terminating'); w.terminate(); }, 3000);
    w.on('error', e => console.log('  worker error', e.code, e.message.slice(0,80)));
    await new Promise(r => w.on('exit', c => { console.log('  exit', c, Math.round(performance.now()-t)+'ms', 'rss', Math.round(process.memoryUsage().rss/1e6)); r(); }));
    clearTimeout(timer);
  }
  console.log({}.polluted, {}.p);
}
