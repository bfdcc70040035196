import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { words } from '../words/common.ts';
import { useSpeech } from './speech-context.ts';
import { shellWords } from './words.ts';

const keys = [
  ['/', 'keySearch'],
  ['j k', 'keyNext'],
  ['Enter', 'keyOpen'],
  ['x', 'keySelect'],
  ['?', 'keyHelp'],
] as const;

export function KeyHelp({ close }: { readonly close: () => void }): ReactNode {
  const { speech } = useSpeech();
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
