/** A choice of this browser: language and scheme, never data. A browser that keeps nothing is no fault. */
export function kept(name: 'language' | 'scheme'): string | undefined {
  try {
    return localStorage.getItem(`huntflow-connector/${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keep(name: 'language' | 'scheme', value: string): void {
  try {
    localStorage.setItem(`huntflow-connector/${name}`, value);
  } catch {
    // It holds until the page is closed.
  }
}
