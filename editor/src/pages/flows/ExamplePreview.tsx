import { Button, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Example, readExample } from '../../api/examples.ts';
import { BackButton } from '../../ui/BackButton.tsx';
import { errorWords } from '../../ui/error-words.ts';
import { useFormats } from '../../ui/formats.ts';
import { Trouble } from '../../ui/Trouble.tsx';
import { ExampleTalk } from './ExampleTalk.tsx';
import classes from './gallery.module.css';
import { MiniGraph } from './MiniGraph.tsx';
import { useAddExample } from './use-add-example.ts';
import { useExampleWords } from './use-example-words.ts';

/** One example in full: what it does, how a conversation goes, and what to change in it. */
export function ExamplePreview({ name, onBack }: { name: string; onBack: () => void }) {
  const { t } = useTranslation('flows');
  const example = useQuery({ queryKey: ['examples', name], queryFn: () => readExample(name) });
  // The button that led here is gone with the list of examples
  const back = <BackButton label={t('gallery.back')} takesKeys onBack={onBack} />;
  if (example.isPending) return <Skeleton height={320} radius="lg" role="status" aria-label={t('gallery.loading')} />;
  if (example.error)
    return (
      <>
        <Trouble text={errorWords(example.error)} />
        {back}
      </>
    );
  return (
    <>
      {back}
      <Preview example={example.data} />
    </>
  );
}

function Preview({ example }: { example: Example }) {
  const { t } = useTranslation('flows');
  const { list } = useFormats();
  const { title, description, needs } = useExampleWords()(example);
  const adding = useAddExample();
  return (
    <div className={classes.preview}>
      <div className={classes.about}>
        <Title order={3}>{title}</Title>
        <Text>{description}</Text>
        <div className={classes.large} dir="ltr">
          <MiniGraph picture={example.picture} label={t('gallery.picture')} />
        </div>
        <Text size="sm" c="dimmed">
          {t('gallery.steps', { count: example.nodes })}
          {example.subflows.length > 0 && ` · ${t('gallery.with', { names: list(example.subflows) })}`}
        </Text>
        <Button
          loading={adding.isPending}
          onClick={() => adding.mutate({ name: example.name, title })}
          className={classes.use}
        >
          {t('gallery.use')}
        </Button>
        {needs.length > 0 && (
          <section>
            <Title order={4} size="h6">
              {t('gallery.needs')}
            </Title>
            <ul className={classes.needs} dir="auto">
              {needs.map((need) => (
                <li key={need}>{need}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <section>
        <Title order={4} size="h6" mb="xs">
          {t('gallery.conversation')}
        </Title>
        <ExampleTalk lines={example.conversation} label={t('gallery.conversation')} />
      </section>
    </div>
  );
}
