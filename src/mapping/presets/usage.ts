import { stringify } from 'yaml';
import type { Parameter } from './parameter.ts';
import type { Preset } from './preset.ts';

/** How a mapping would use the preset, as the lines of a file; what it can do without is a comment. */
export function usageOf({ name, adapter, parameters }: Preset): string {
  const target = adapter.startsWith('onec') ? 'zup' : adapter;
  const lines = parameters.map((parameter) =>
    parameter.required ? line(parameter) : line(parameter).replace(/^ {2}/gm, '  # '),
  );
  return [
    `mapping: ${name.split('/').at(-1)}-to-1c`,
    `to: ${target}`,
    `preset: ${name}`,
    ...(lines.length === 0 ? [] : ['with:', ...lines]),
  ].join('\n');
}

function line({ name, example, oneOf }: Parameter): string {
  const value: unknown = example ?? oneOf[0];
  if (typeof value === 'string' && value.startsWith('{')) return `  ${name}: ${value}`;
  return stringify({ [name]: value }, { flowCollectionPadding: true, collectionStyle: 'flow', lineWidth: 0 })
    .trim()
    .replace(/^\{ (.*) \}$/s, '  $1');
}
