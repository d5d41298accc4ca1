import { Button, Skeleton, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExampleSummary, listExamples } from '../../api/examples.ts';
import { errorWords } from '../../ui/error-words.ts';
import { SearchIcon } from '../../ui/icons.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { useOwnWords } from '../../ui/use-own-words.ts';
import { ExampleCard } from './ExampleCard.tsx';
import classes from './gallery.module.css';
import { useAddExample } from './use-add-example.ts';
import { type ExampleWords, useExampleWords } from './use-example-words.ts';

/** The first that somebody should see: small, and of use to everybody. */
const FIRST = ['welcome', 'out-of-hours-faq', 'lead-qualification', 'order-status'];

const rank = ({ name }: ExampleSummary): number => {
  const at = FIRST.indexOf(name);
  return at < 0 ? FIRST.length : at;
};

/** All examples, found by title, description and topic. */
export function ExampleGrid({ onLook }: { onLook: (name: string) => void }) {
  const { t } = useTranslation('flows');
  const words = useExampleWords();
  const own = useOwnWords();
  const [query, setQuery] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const examples = useQuery({ queryKey: ['examples'], queryFn: listExamples, staleTime: Number.POSITIVE_INFINITY });
  const adding = useAddExample();
  const found = (examples.data ?? [])
    .map((example) => ({ example, words: words(example) }))
    .filter((one) => matches(one, query))
    .sort((a, b) => rank(a.example) - rank(b.example));
  return (
    <>
      <TextInput
        ref={search}
        type="search"
        data-autofocus
        className={classes.search}
        aria-label={t('gallery.search')}
        placeholder={t('gallery.search')}
        leftSection={<SearchIcon />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      {examples.error && (
        <Trouble
          text={errorWords(examples.error)}
          action={{ label: t('tryAgain'), onClick: () => void examples.refetch() }}
        />
      )}
      {examples.isPending && (
        <div className={classes.grid} role="status" aria-label={t('gallery.loading')}>
          <Skeleton height={360} radius="lg" />
          <Skeleton height={360} radius="lg" />
          <Skeleton height={360} radius="lg" />
        </div>
      )}
      {examples.isSuccess && found.length === 0 && (
        <div className={classes.none}>
          <Text role="status">{t('gallery.none', { query: own(query) })}</Text>
          <Button
            variant="default"
            size="sm"
            onClick={() => {
              setQuery('');
              search.current?.focus();
            }}
          >
            {t('gallery.back')}
          </Button>
        </div>
      )}
      <div className={classes.grid}>
        {found.map(({ example, words: said }) => (
          <ExampleCard
            key={example.name}
            example={example}
            words={said}
            isAdding={adding.isPending && adding.variables.name === example.name}
            onLook={() => onLook(example.name)}
            onUse={() => adding.mutate({ name: example.name, title: said.title })}
          />
        ))}
      </div>
    </>
  );
}

/** Every word of the query somewhere, whatever its case and accents. */
function matches({ example, words }: { example: ExampleSummary; words: ExampleWords }, query: string): boolean {
  const text = plain([words.title, words.description, words.topics, example.name, example.title].join(' '));
  return plain(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
