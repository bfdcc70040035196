import type { ReactNode } from 'react';
import { addressOf } from '../address/place.ts';
import type { Me } from '../account/me.ts';
import type { List, ShownMapping } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { offeredLine } from '../commands.ts';
import { Command } from '../parts/command.tsx';
import { Go } from '../parts/go.tsx';
import { Head } from '../parts/head.tsx';
import { Answered, Nothing } from '../parts/status.tsx';
import { useSpeech } from '../shell/speech-context.ts';
import { screenWords } from '../shell/words.ts';
import { DraftMark } from './draft-mark.tsx';
import { mappingsWords as words } from './words.ts';

interface Props {
  /** Only this one. */
  readonly name: string | undefined;
  readonly me: Me | undefined;
}

/** Every mapping file: what is in use, what is refused and why, what passed by meanwhile. */
export function MappingsScreen({ name, me }: Props): ReactNode {
  const { speech } = useSpeech();
  const mappings = useAnswer<List<ShownMapping>>('/api/mappings');
  return (
    <>
      <Head title={name ?? speech.say(screenWords.mappings)} lead={speech.say(words.lead)} />
      <Answered from={mappings}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title={speech.say(words.none)}>
              <p>{speech.say(words.noneHow)}</p>
            </Nothing>
          ) : (
            <ul className="targets">
              {items
                .filter((each) => name === undefined || each.name === name)
                .map((mapping) => (
                  <OneMapping key={mapping.file} mapping={mapping} me={me} />
                ))}
            </ul>
          )
        }
      </Answered>
    </>
  );
}

function OneMapping({ mapping, me }: { readonly mapping: ShownMapping; readonly me: Me | undefined }): ReactNode {
  const { speech } = useSpeech();
  const { name, title, file, hash, target, preset, on, tests, refused, faults, missed } = mapping;
  const version =
    hash === null
      ? speech.say(words.noneWorks)
      : speech.say(refused ? words.still : words.version, { hash: hash.slice(0, 8) });
  const wants = on === null ? '' : `${[...on.event, ...on.type, ...on.action, ...on.stage].join(' · ')} → `;
  const facts = [`${wants}${target ?? ''}`, speech.count(words.tests, tests), preset ?? '', version];
  return (
    <li className="target" data-tone={refused ? 'bad' : 'good'}>
      <div className="target-head">
        <h2>{name ?? file}</h2>
        <span className="faint">{file}</span>
        <DraftMark mapping={name} me={me} />
        <span className="mark" data-tone={refused ? 'bad' : 'good'}>
          <i aria-hidden="true" />
          {speech.say(refused ? words.refused : words.inUse)}
        </span>
      </div>
      {title !== null && <p>{title}</p>}
      <p className="faint">{facts.filter((fact) => fact !== '').join(' · ')}</p>
      {faults.length > 0 && (
        <ul className="checked">
          {faults.map(({ level, line, column, text }) => (
            <li key={`${line} ${column} ${text}`} data-tone={level === 'error' ? 'bad' : 'warn'}>
              <b>{speech.say(words.line, { line, column })}</b> {text}
            </li>
          ))}
        </ul>
      )}
      {missed !== null && (
        <div className="findings-box">
          <p>
            <b>{speech.count(words.missed, missed.events)}</b>{' '}
            <Go to={addressOf('events', missed.first)}>
              {speech.say(words.event)} {missed.first}
            </Go>
            {missed.last === missed.first ? '' : ` … ${missed.last}`}
          </p>
          <Command line={offeredLine(missed.command)} />
        </div>
      )}
      {name !== null && (
        <div className="actions-row">
          <Go to={addressOf('workbench', name)} className="button">
            {speech.say(words.open)}
          </Go>
          <Go to={addressOf('deliveries', undefined, { mapping: name })}>{speech.say(words.deliveries)}</Go>
        </div>
      )}
    </li>
  );
}
