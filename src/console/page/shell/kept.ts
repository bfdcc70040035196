/** What this browser knows of its person. */
type Kept = 'language' | 'scheme' | 'keys' | 'causes-seen';

/** A choice, or when somebody was here; never data. A browser that keeps nothing is no fault. */
export function kept(name: Kept): string | undefined {
  try {
    return localStorage.getItem(`huntflow-connector/${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keep(name: Kept, value: string): void {
  try {
    localStorage.setItem(`huntflow-connector/${name}`, value);
  } catch {
    // It holds until the page is closed.
  }
}
