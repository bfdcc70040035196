const scheme = 'sqlite:';

/** The path in `sqlite:<path>`; undefined when the URL is not one of SQLite. */
export function sqliteFile(url: string): string | undefined {
  return url.startsWith(scheme) ? url.slice(scheme.length) : undefined;
}
