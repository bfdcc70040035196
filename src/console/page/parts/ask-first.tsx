import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useSpeech } from '../shell/speech-context.ts';
import { words } from '../words/common.ts';

interface AskFirstProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly yes: string;
  /** Undefined: as everywhere. */
  readonly no?: string;
  readonly dangerous?: boolean;
  readonly ready?: boolean;
  /** A field of the question has the focus, not the yes. */
  readonly asksWords?: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** A question before what cannot be undone; Escape is no. */
export function AskFirst(props: AskFirstProps): ReactNode {
  const { title, children, yes, no, dangerous, ready = true, asksWords = false, onYes, onNo } = props;
  const { speech } = useSpeech();
  return (
    <ModalOverlay className="veil" isOpen isDismissable onOpenChange={(open) => !open && onNo()}>
      <Modal className="modal">
        <Dialog role="alertdialog" className="dialog">
          <Heading slot="title">{title}</Heading>
          <div className="dialog-body">{children}</div>
          <div className="dialog-actions">
            <Button className="quiet" onPress={onNo}>
              {no ?? speech.say(words.cancel)}
            </Button>
            <Button
              className={dangerous === true ? 'danger' : 'primary'}
              isDisabled={!ready}
              onPress={onYes}
              autoFocus={!asksWords}
            >
              {yes}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
