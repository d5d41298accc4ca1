import { Button, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExampleSummary } from '../../api/examples.ts';
import { ExampleTalk } from './ExampleTalk.tsx';
import classes from './gallery.module.css';
import { MiniGraph } from './MiniGraph.tsx';
import type { ExampleWords } from './use-example-words.ts';

interface ExampleCardProps {
  example: ExampleSummary;
  words: ExampleWords;
  isAdding: boolean;
  onLook: () => void;
  onUse: () => void;
}

/** One example at a glance: its shape, its words, and how it begins. */
export function ExampleCard({ example, words, isAdding, onLook, onUse }: ExampleCardProps) {
  const { t } = useTranslation('flows');
  const { title, description } = words;
  return (
    <article className={classes.card} aria-label={title}>
      <div className={classes.picture} dir="ltr">
        <MiniGraph picture={example.picture} label={t('gallery.picture')} />
      </div>
      <div className={classes.words}>
        <Title order={3} size="h5">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {description}
        </Text>
        <Text size="xs" c="dimmed">
          {t('gallery.steps', { count: example.nodes })}
        </Text>
      </div>
      <div className={classes.opening}>
        <ExampleTalk lines={example.opening} label={t('gallery.conversation')} />
      </div>
      <div className={classes.ways}>
        <Button variant="default" size="sm" aria-label={t('gallery.look', { title })} onClick={onLook}>
          {t('gallery.inside')}
        </Button>
        <Button size="sm" loading={isAdding} aria-label={t('gallery.useNamed', { title })} onClick={onUse}>
          {t('gallery.use')}
        </Button>
      </div>
    </article>
  );
}
