import { cleanName } from '../clean-text.ts';
import { inOneScript } from '../compared-text.ts';
import { type Entity, textAt } from '../difference.ts';
import { literal } from '../literal.ts';
import { own } from '../metadata.ts';
import type { PlannedField, PlannedStep } from '../planned.ts';
import { digits } from './identity-field.ts';

/**
 * A wider condition for a field of a person than `field eq value`: what comes back is compared by us, for how 1C
 * normalises a name for its own search is not known (facts/1c-zup.md 2). Undefined: the field has no other forms.
 */
export function wideCondition(step: PlannedStep, { form }: PlannedField, wanted: Entity): string | undefined {
  const text = textAt(wanted, form.wire);
  if (form.wire === 'СтраховойНомерПФР') return either(form.wire, snilsForms(text));
  if (form.wire !== 'ФИО' && form.wire !== 'Description') return undefined;
  const forms = nameForms(text);
  const official = own(step.set.fields, 'НаименованиеСлужебное') !== undefined;
  return [
    either(form.wire, forms),
    ...(official
      ? [
          either(
            'НаименованиеСлужебное',
            forms.map((one) => one.toUpperCase()),
          ),
        ]
      : []),
  ].join(' or ');
}

function nameForms(text: string): readonly string[] {
  const name = cleanName(text).text;
  return [name, inOneScript(name)].flatMap((form) => [form, form.replaceAll('ё', 'е').replaceAll('Ё', 'Е')]);
}

function snilsForms(text: string): readonly string[] {
  const number = digits(text);
  const written = number.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1-$2-$3 $4');
  return [text, written, number];
}

function either(wire: string, forms: readonly string[]): string {
  return [...new Set(forms)].map((form) => `${wire} eq ${literal('Edm.String', form)}`).join(' or ');
}
