import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Header } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { Language } from '../../../text.ts';
import { addressOf } from '../address/place.ts';
import { goTo } from '../address/use-place.ts';
import type { Me } from '../account/me.ts';
import { signOut } from '../account/sign-out.ts';
import { Icon } from '../parts/icon.tsx';
import { chooseScheme, keptScheme, type Scheme, schemes } from './scheme.ts';
import { useSpeech } from './speech-context.ts';
import { shellWords } from './words.ts';

const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'ru', name: 'Русский' },
  { id: 'en', name: 'English' },
];

/** Language, scheme and who one is. */
export function Settings({ me, help }: { readonly me: Me | undefined; readonly help: () => void }): ReactNode {
  const { speech, choose } = useSpeech();
  const [scheme, setScheme] = useState<Scheme>(keptScheme);
  const act = (key: string | number): void => {
    if (key === 'account') goTo(addressOf('account'));
    if (key === 'keys') help();
    if (key === 'leave') void signOut(speech.language);
  };
  const signedIn = me !== undefined && me.session;
  return (
    <MenuTrigger>
      <Button className="settings" aria-label={speech.say(shellWords.settings)}>
        <span aria-hidden="true" className="avatar">
          {signedIn ? me.name.slice(0, 1).toUpperCase() : <Icon of="person" />}
        </span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" onAction={act}>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[speech.language]}
            onSelectionChange={(keys) => {
              const chosen = languages.find(({ id }) => keys !== 'all' && keys.has(id));
              if (chosen !== undefined) choose(chosen.id);
            }}
          >
            <Header>{speech.say(shellWords.language)}</Header>
            {languages.map(({ id, name }) => (
              <MenuItem key={id} id={id}>
                {name}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[scheme]}
            onSelectionChange={(keys) => {
              const chosen = schemes.find((each) => keys !== 'all' && keys.has(each));
              if (chosen === undefined) return;
              setScheme(chosen);
              chooseScheme(chosen);
            }}
          >
            <Header>{speech.say(shellWords.scheme)}</Header>
            {schemes.map((each) => (
              <MenuItem key={each} id={each}>
                {speech.say(shellWords[each])}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection>
            <Header>{me === undefined ? '' : signedIn ? me.name : speech.say(shellWords.loopback)}</Header>
            <MenuItem id="keys">{speech.say(shellWords.keys)}</MenuItem>
            {me === undefined ? null : <MenuItem id="account">{speech.say(shellWords.account)}</MenuItem>}
            {signedIn ? <MenuItem id="leave">{speech.say(shellWords.signOut)}</MenuItem> : null}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
