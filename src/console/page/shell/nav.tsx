import type { ReactNode } from 'react';
import { addressOf, type Screen } from '../address/place.ts';
import { Go } from '../parts/go.tsx';
import { useSpeech } from './speech-context.ts';
import { groupWords, screenWords } from './words.ts';

const groups = [
  { name: 'now', screens: ['overview', 'causes', 'blocked', 'attention'] },
  { name: 'road', screens: ['deliveries', 'people', 'events', 'targets', 'mappings', 'workbench'] },
  { name: 'house', screens: ['bulks', 'alarms', 'audit'] },
] as const satisfies readonly { name: keyof typeof groupWords; screens: readonly Screen[] }[];

export type Counts = Readonly<Partial<Record<Screen, number>>>;

interface NavProps {
  readonly here: Screen | undefined;
  /** What waits for a person, by screen. */
  readonly counts: Counts;
  readonly gone?: () => void;
}

export function Nav({ here, counts, gone }: NavProps): ReactNode {
  const { speech } = useSpeech();
  return (
    <div className="nav">
      {groups.map(({ name, screens }) => (
        <section key={name} aria-labelledby={`nav-${name}`}>
          <h2 id={`nav-${name}`}>{speech.say(groupWords[name])}</h2>
          <ul>
            {screens.map((screen) => (
              <li key={screen}>
                <Go
                  to={addressOf(screen)}
                  {...(gone !== undefined && { onClick: gone })}
                  {...(screen === here && { 'aria-current': 'page' as const })}
                >
                  <span>{speech.say(screenWords[screen])}</span>
                  {(counts[screen] ?? 0) > 0 && <b className="count">{speech.many(counts[screen] ?? 0)}</b>}
                </Go>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
