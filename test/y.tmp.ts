import { derivedShapes } from './mapping/derived-shapes.ts';
for (const [k, v] of Object.entries(derivedShapes())) console.log(k, v.length, v);
