import { useEffect } from 'react';
import { keep, kept } from './kept.ts';
import { keyMeant } from './key-meant.ts';

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
      target.closest('dialog,[role="dialog"],[role="alertdialog"],[role="menu"]') !== null)
  );
}

/** Whoever speaks to the browser, or hits keys by chance, can do without single letters (WCAG 2.1.4). */
export function usesKeys(): boolean {
  return kept('keys') !== 'off';
}

export function keepKeys(now: boolean): void {
  keep('keys', now ? 'on' : 'off');
}

/**
 * `/` search, `j` and `k` through the rows of a list, `x` select, `?` help; any other key presses what names it in
 * `aria-keyshortcuts`. Enter is the browser's own.
 */
export function useKeys({ help }: { readonly help: () => void }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!isFree(event) || !usesKeys()) return;
      if (!did(keyMeant(event), help)) return;
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
      return step(1);
    case 'k':
      return step(-1);
    case 'x':
      return select();
    case '?':
      help();
      return true;
    default:
      return /^[a-z]$/.test(key) && pressNamed(key);
  }
}

function pressNamed(key: string): boolean {
  const named = document.querySelector<HTMLElement>(`[aria-keyshortcuts="${key}"]`);
  named?.click();
  return named !== null;
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
