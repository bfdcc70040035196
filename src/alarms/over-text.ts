import type { Text } from '../text.ts';
import type { Sighting } from './alarm.ts';

/** What is well again. */
export function overText({ kind, cause, subject }: Pick<Sighting, 'kind' | 'cause' | 'subject'>): Text {
  const name = subject ?? '';
  switch (kind) {
    case 'signature':
      return { ru: `подписи вебхука «${name}» сходятся`, en: `signatures of the webhook "${name}" fit` };
    case 'silence':
      return { ru: `вебхук «${name}» снова приходит`, en: `the webhook "${name}" comes again` };
    case 'retry':
      return {
        ru: `Huntflow больше не повторяет вебхук «${name}»`,
        en: `Huntflow repeats the webhook "${name}" no more`,
      };
    case 'off':
      return { ru: `вебхук «${name}» включён и приходит`, en: `the webhook "${name}" is on, and comes` };
    case 'resting':
      return { ru: `цель «${name}» снова принимает`, en: `the target "${name}" takes records again` };
    case 'target':
      return { ru: `цель «${name}» снова принимает тревоги`, en: `the target "${name}" takes alarms again` };
    case 'dead':
      if (cause === `dead/${name}`)
        return {
          ru: `прочих причин, по которым что-то стоит для «${name}», не осталось или о них сказано отдельно`,
          en: `no further causes hold anything up for "${name}", or each is told of by itself`,
        };
      return {
        ru: `для «${name}» по причине ${cause.replace('dead/', '')} больше ничего не стоит`,
        en: `nothing for "${name}" stands still for the cause ${cause.replace('dead/', '')} any more`,
      };
    case 'blocked':
      return { ru: `ключи цели «${name}» больше ничто не держит`, en: `no keys of "${name}" are held back any more` };
    case 'mapping':
      return { ru: `файл маппинга ${name} снова принят`, en: `the mapping file ${name} is in use again` };
    case 'attention':
      return { ru: `замечания цели «${name}» просмотрены`, en: `the findings of "${name}" have been seen` };
    case 'disk':
      return { ru: `места на диске (${name}) хватает`, en: `there is room on the disk (${name})` };
    case 'clock':
      return { ru: 'часы верны', en: 'the clock is right' };
    case 'certificate':
      return { ru: `сертификат ${name} обновлён`, en: `the certificate of ${name} was renewed` };
    case 'digest':
      return { ru: 'всё идёт', en: 'all flows' };
  }
}
