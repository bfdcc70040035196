import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { words } from '../words/common.ts';
import { keepKeys, usesKeys } from './keyboard.ts';
import { useSpeech } from './speech-context.ts';
import { shellWords } from './words.ts';

const keys = [
  ['/', 'keySearch'],
  ['j k', 'keyNext'],
  ['Enter', 'keyOpen'],
  ['x', 'keySelect'],
  ['a', 'keyAll'],
  ['r', 'keyRetry'],
  ['c', 'keyCancel'],
  ['m', 'keyRemap'],
  ['p', 'keyReplay'],
  ['Tab', 'keySkip'],
  ['Esc', 'keyLeave'],
  ['?', 'keyHelp'],
] as const;

export function KeyHelp({ close }: { readonly close: () => void }): ReactNode {
  const { speech } = useSpeech();
  const [used, setUsed] = useState(usesKeys);
  const turn = (now: boolean): void => {
    keepKeys(now);
    setUsed(now);
  };
  return (
    <ModalOverlay className="veil" isOpen isDismissable onOpenChange={(open) => !open && close()}>
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">{speech.say(shellWords.keys)}</Heading>
          <dl className="key-list">
            {keys.map(([key, does]) => (
              <div key={key}>
                <dt>
                  {key.split(' ').map((each) => (
                    <kbd key={each}>{each}</kbd>
                  ))}
                </dt>
                <dd>{speech.say(shellWords[does])}</dd>
              </div>
            ))}
          </dl>
          <label className="check">
            <input type="checkbox" checked={used} onChange={({ target }) => turn(target.checked)} />
            <span>{speech.say(shellWords.keysUsed)}</span>
          </label>
          <div className="dialog-actions">
            <Button autoFocus onPress={close}>
              {speech.say(words.close)}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
