import { type FormEvent, type ReactNode, useRef } from 'react';
import { reasons } from '../../../words/reasons.ts';
import { isStateName, stateWords } from '../../../words/states.ts';
import {
  changed,
  type DeliveryFilterName,
  deliveryFilters,
  type DeliveryFilterWords,
  filterOf,
} from '../address/delivery-filter.ts';
import { addressOf } from '../address/place.ts';
import { goTo } from '../address/use-place.ts';
import type { List, ShownDelivery, ShownTarget } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Go } from '../parts/go.tsx';
import { Icon } from '../parts/icon.tsx';
import { useCurrentInView } from '../parts/use-current-in-view.ts';
import { useSpeech } from '../shell/speech-context.ts';
import { words as common } from '../words/common.ts';
import type { Speech } from '../words/speech.ts';
import { deliveriesWords as words } from './words.ts';

const states = ['pending', 'sending', 'delivered', 'dead', 'cancelled', 'blocked'] as const;

interface Props {
  readonly filter: DeliveryFilterWords;
  readonly rows: readonly ShownDelivery[];
}

/** The filter as it stands in the address: a choice of state at hand, the rest in a sheet, each condition a chip. */
export function FilterBar({ filter, rows }: Props): ReactNode {
  const { speech } = useSpeech();
  const sheet = useRef<HTMLDialogElement>(null);
  const tabs = useCurrentInView(filter.state);
  const conditions = deliveryFilters.filter((name) => name !== 'state' && filter[name] !== undefined);
  return (
    <div className="filter" role="group" aria-label={speech.say(words.filter)}>
      <ul className="tabs" ref={tabs} aria-label={speech.say(words.state)}>
        {[undefined, ...states].map((state) => (
          <li key={state ?? 'any'}>
            <Go
              to={addressOf('deliveries', undefined, changed(filter, 'state', state))}
              {...(filter.state === state && { 'aria-current': 'true' as const })}
            >
              {speech.say(state === undefined ? words.any : stateWords[state])}
            </Go>
          </li>
        ))}
      </ul>
      <ul className="chips">
        {conditions.map((name) => (
          <li key={name}>
            <span>
              {speech.say(words[name])} <b>{shownValue(name, filter[name] ?? '', speech)}</b>
            </span>
            <Go
              to={addressOf('deliveries', undefined, changed(filter, name, undefined))}
              aria-label={speech.say(words.remove, { name: speech.say(words[name]) })}
            >
              <Icon of="close" />
            </Go>
          </li>
        ))}
        <li>
          <button type="button" className="quiet" onClick={() => sheet.current?.showModal()}>
            + {speech.say(words.more)}
          </button>
        </li>
      </ul>
      <dialog ref={sheet} className="sheet" aria-label={speech.say(words.filter)}>
        <FilterSheet filter={filter} rows={rows} close={() => sheet.current?.close()} />
      </dialog>
    </div>
  );
}

function shownValue(name: DeliveryFilterName, value: string, speech: Speech): string {
  const reason = name === 'reason' ? reasons[value] : undefined;
  if (reason !== undefined) return speech.say(reason);
  return isStateName(value) && name === 'state' ? speech.say(stateWords[value]) : value.replace('T', ' ');
}

function FilterSheet({ filter, rows, close }: Props & { readonly close: () => void }): ReactNode {
  const { speech } = useSpeech();
  const { data: targets } = useAnswer<List<ShownTarget>>('/api/targets');
  const apply = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = [...new FormData(event.currentTarget)].map(([name, value]) => [
      name,
      typeof value === 'string' ? value : '',
    ]);
    const wanted = filterOf(new URLSearchParams(said));
    goTo(addressOf('deliveries', undefined, { ...wanted, ...(filter.state !== undefined && { state: filter.state }) }));
    close();
  };
  const suggested: Readonly<Partial<Record<DeliveryFilterName, readonly string[]>>> = {
    target: targets?.items.map(({ name }) => name) ?? [],
    mapping: [...new Set(rows.map(({ mapping }) => mapping))],
  };
  return (
    <form onSubmit={apply}>
      <div className="fields">
        {deliveryFilters
          .filter((name) => name !== 'state')
          .map((name) => (
            <label key={name}>
              <span>{speech.say(words[name])}</span>
              <FilterField name={name} value={filter[name] ?? ''} suggested={suggested[name]} />
            </label>
          ))}
      </div>
      <div className="dialog-actions">
        <button type="button" className="quiet" onClick={close}>
          {speech.say(common.close)}
        </button>
        <button type="submit" className="primary">
          {speech.say(words.apply)}
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly name: DeliveryFilterName;
  readonly value: string;
  readonly suggested: readonly string[] | undefined;
}

function FilterField({ name, value, suggested }: FieldProps): ReactNode {
  const { speech } = useSpeech();
  if (name === 'reason')
    return (
      <select name={name} defaultValue={value} key={value}>
        <option value="">{speech.say(words.any)}</option>
        {Object.entries(reasons).map(([reason, said]) => (
          <option key={reason} value={reason}>
            {speech.say(said)}
          </option>
        ))}
      </select>
    );
  if (name === 'from' || name === 'to')
    return <input name={name} type="datetime-local" defaultValue={value.slice(0, 16)} key={value} />;
  return (
    <>
      <input
        name={name}
        defaultValue={value}
        key={value}
        autoComplete="off"
        {...(suggested !== undefined && { list: `filter-${name}` })}
      />
      {suggested !== undefined && (
        <datalist id={`filter-${name}`}>
          {suggested.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  );
}
