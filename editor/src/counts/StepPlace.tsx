import { Text } from '@mantine/core';
import type { Flow } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import type { Journey } from '../api/counts.ts';
import { useFlow } from '../document/use-document.ts';
import { useBotId, useVersionFlow } from '../document/use-live.ts';
import { PageLink } from '../ui/PageLink.tsx';
import classes from './counts.module.css';
import { onCanvas } from './journey-layer.ts';

interface StepPlaceProps {
  session: Journey['sessions'][number];
  node: string;
  conversation: string;
}

/** Which bot and version a step happened in, where that is not what the canvas shows. */
export function StepPlace({ session, node, conversation }: StepPlaceProps) {
  const { t } = useTranslation('counts');
  const id = useBotId();
  const flow = useFlow((one) => one);
  const isHere = session.flow === id;
  const isDraft = session.version < 0;
  const { data: then } = useVersionFlow(isHere ? session.version : null);
  if (!isHere) {
    const name = session.flowName ?? t('journey.gone');
    return (
      <p className={classes.note}>
        {t('journey.elsewhere')}{' '}
        {session.flowName && (
          <PageLink
            to={`/bots/${encodeURIComponent(session.flow)}?journey=${encodeURIComponent(conversation)}`}
            isCurrent={false}
          >
            {t('journey.openOther', { flow: name })}
          </PageLink>
        )}
      </p>
    );
  }
  const isGone = node !== '' && !flow.nodes.some((one) => one.id === onCanvas(node));
  // The draft that testers got is not kept
  const differs = isGone || isDraft || (then && logicOf(then) !== logicOf(flow));
  if (!differs) return null;
  return (
    <div className={classes.note}>
      <Text size="sm">{isDraft ? t('journey.differsDraft') : t('journey.differs', { version: session.version })}</Text>
      {isGone && <Text size="sm">{t('journey.missing', { node })}</Text>}
    </div>
  );
}

/** Where a node lies says nothing about what it does. */
const logicOf = ({ nodes, edges }: Flow): string => JSON.stringify([nodes, edges]);
