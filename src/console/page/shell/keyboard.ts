import { useEffect } from 'react';

/** A key that no field wants. */
function isFree(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return !(
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && target.type !== 'checkbox') ||
      target.closest('[role="dialog"],[role="alertdialog"],[role="menu"]') !== null)
  );
}

/** `/` search, `j` and `k` through the rows of a list, `x` select, `?` help; Enter is the browser's own. */
export function useKeys({ help }: { readonly help: () => void }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!isFree(event)) return;
      if (!did(event.key, help)) return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [help]);
}

function did(key: string, help: () => void): boolean {
  switch (key) {
    case '/':
      document.getElementById('search')?.focus();
      return true;
    case 'j':
    case 'о':
      return step(1);
    case 'k':
    case 'л':
      return step(-1);
    case 'x':
    case 'ч':
      return select();
    case '?':
      help();
      return true;
    default:
      return false;
  }
}

function rowOf(element: Element | null): HTMLElement | null {
  return element?.closest<HTMLElement>('[data-row]') ?? null;
}

function step(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const here = rowOf(document.activeElement);
  const at = here === null ? -1 : rows.indexOf(here);
  const next = rows[at === -1 ? 0 : at + by];
  next?.querySelector<HTMLElement>('.row-link')?.focus();
  return rows.length > 0;
}

function select(): boolean {
  const box = rowOf(document.activeElement)?.querySelector<HTMLInputElement>('input[type="checkbox"]');
  box?.click();
  return box !== undefined && box !== null;
}
