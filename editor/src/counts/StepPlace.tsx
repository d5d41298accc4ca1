import { Text } from '@mantine/core';
import { type Flow, parseFlow } from '@parley/runtime';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Journey } from '../api/counts.ts';
import { readVersion } from '../api/versions.ts';
import { useFlow } from '../document/use-document.ts';
import { PageLink } from '../ui/PageLink.tsx';
import classes from './counts.module.css';
import { onCanvas } from './journey-layer.ts';
import { useFlowId } from './use-flow-id.ts';

interface StepPlaceProps {
  session: Journey['sessions'][number];
  node: string;
  conversation: string;
}

/** Which bot and version a step happened in, where that is not what the canvas shows. */
export function StepPlace({ session, node, conversation }: StepPlaceProps) {
  const { t } = useTranslation('counts');
  const id = useFlowId();
  const flow = useFlow((one) => one);
  const isHere = session.flow === id;
  const version = useQuery({
    queryKey: ['flow', id, 'version', session.version],
    queryFn: () => readVersion(id, session.version),
    enabled: isHere && session.version > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
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
  const differs = isGone || (version.data && logicOf(parseFlow(version.data.document).flow) !== logicOf(flow));
  if (!differs) return null;
  return (
    <div className={classes.note}>
      <Text size="sm">{t('journey.differs', { version: session.version })}</Text>
      {isGone && <Text size="sm">{t('journey.missing', { node })}</Text>}
    </div>
  );
}

/** Where a node lies says nothing about what it does. */
const logicOf = (flow: Flow | null): string => JSON.stringify([flow?.nodes, flow?.edges]);
