/** Milliseconds without a touch after which the page asks for itself, not for a person. */
const alone = 300_000;

let touchedAt = performance.now();

for (const touch of ['pointerdown', 'pointermove', 'keydown', 'wheel'])
  addEventListener(touch, () => (touchedAt = performance.now()), { capture: true, passive: true });

/** Somebody sits there: what a page reads by itself must not keep a session alive on a screen that was left. */
export function isAttended(): boolean {
  return performance.now() - touchedAt < alone;
}
