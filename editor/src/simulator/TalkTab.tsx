import { ActionIcon, Menu, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { type Flow, inboundMessage } from '@parley/runtime';
import { IconDotsVertical, IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonIcon } from '../ui/icons.tsx';
import { Attach } from './Attach.tsx';
import { ClockLine } from './ClockLine.tsx';
import { Phone } from './Phone.tsx';
import { SaveTestDialog } from './SaveTestDialog.tsx';
import { StartDialog } from './StartDialog.tsx';
import type { ChatLine } from './talk/talk-view.ts';
import classes from './talk-panel.module.css';
import { usePlayed } from './use-played.ts';
import { usePreferences, useSimulator, useTalkView } from './use-simulator.ts';
import { WhoDialog } from './WhoDialog.tsx';

interface TalkTabProps {
  library: Readonly<Record<string, Flow>>;
  hasProblems: boolean;
}

/** As Meta words a refusal that every author meets one day. */
const REFUSAL = '131026: Message undeliverable.';

/** The customer's phone, with who holds it and what else can happen to the talk. */
export function TalkTab({ library, hasProblems }: TalkTabProps) {
  const { t } = useTranslation('simulator');
  const { talk, answers } = useSimulator();
  const view = useTalkView();
  const { provider } = usePreferences();
  const { flow } = usePlayed();
  const composer = useRef<HTMLTextAreaElement>(null);
  const [dialog, setDialog] = useState<'who' | 'start' | 'save' | null>(null);
  const [trigger, setTrigger] = useState<string | null>(null);

  useEffect(() => {
    // Under a finger the keyboard would cover the talk before it begins
    if (window.matchMedia('(pointer: fine)').matches) composer.current?.focus();
  }, []);

  const restart = () => {
    // A flow that cannot run keeps the talk with the state that could
    void talk.restart({ ...(!hasProblems && { flow, library }), now: new Date().toISOString() });
    composer.current?.focus();
  };
  const begin = (node: string | null) => {
    setTrigger(node);
    setDialog('start');
  };
  const head = (
    <>
      <div className={classes.tools}>
        <UnstyledButton className={classes.who} title={t('who.open')} onClick={() => setDialog('who')}>
          <PersonIcon size={22} />
          <span className={classes.whoWords}>
            <strong>{view.contact.name}</strong>
            <small>{provider === 'any' ? <bdi dir="ltr">{view.contact.phone}</bdi> : t(`who.on.${provider}`)}</small>
            <VisuallyHidden>{t('who.open')}</VisuallyHidden>
          </span>
        </UnstyledButton>
        <ActionIcon variant="transparent" size={36} aria-label={t('restart')} title={t('restart')} onClick={restart}>
          <IconRefresh size={20} />
        </ActionIcon>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="transparent" size={36} aria-label={t('more.open')}>
              <IconDotsVertical size={20} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item disabled={view.turns === 0 || view.question !== null} onClick={() => setDialog('save')}>
              {t('more.save')}
            </Menu.Item>
            <Menu.Item onClick={() => begin(null)}>{t('more.start')}</Menu.Item>
            <Menu.Item onClick={() => void talk.act({ kind: 'refuse', reason: REFUSAL })}>{t('more.refuse')}</Menu.Item>
            {view.owner === 'queue' && (
              <Menu.Item onClick={() => void talk.act({ kind: 'close' })}>{t('more.close')}</Menu.Item>
            )}
            {answers.automaticCount() > 0 && (
              <Menu.Item onClick={answers.askAgain}>
                {t('more.askAgain', { count: answers.automaticCount() })}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      <ClockLine />
    </>
  );
  return (
    <>
      <Phone
        talk={talk}
        view={view}
        composer={composer}
        head={head}
        answers={answers}
        onBegin={begin}
        onBack={talk.goToLine}
        onReact={() =>
          void talk.act({
            kind: 'say',
            message: inboundMessage({ type: 'reaction', text: '👍', data: { emoji: '👍' } }),
          })
        }
        attach={
          <Attach product={productIn(view.lines)} onSend={(message) => void talk.act({ kind: 'say', message })} />
        }
      />
      <WhoDialog isOpen={dialog === 'who'} onClose={() => setDialog(null)} />
      <StartDialog isOpen={dialog === 'start'} trigger={trigger} onClose={() => setDialog(null)} />
      <SaveTestDialog isOpen={dialog === 'save'} onClose={() => setDialog(null)} />
    </>
  );
}

/** The product that the bot offered last. */
function productIn(lines: readonly ChatLine[]): string {
  for (const line of lines.toReversed()) {
    if (line.from !== 'bot') continue;
    if (line.content.kind === 'product') return line.content.productId;
    if (line.content.kind === 'products') return line.content.sections[0]?.productIds[0] ?? '';
  }
  return '';
}
