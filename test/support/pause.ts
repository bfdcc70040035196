/**
 * Time that passes for the world outside: the pace of a load, the moment of a fault, a server that thinks. Milliseconds.
 * A test never waits so for what the product does: `until.ts` asks for the condition.
 */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
