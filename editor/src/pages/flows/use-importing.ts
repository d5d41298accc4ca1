import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importFlows, previewImport } from '../../api/exchange.ts';
import { RequestError } from '../../api/request.ts';
import { errorWords } from '../../ui/error-words.ts';
import { say } from '../../ui/notices.ts';
import { goTo } from '../../ui/use-address.ts';
import { closeOver, pathOfBot } from './list-address.ts';
import { type BotFile, readBotFile, readBotText } from './read-bot-file.ts';
import { BOTS } from './use-bot-list.ts';

const SOURCE = 'parley'; // whose files these are; other systems come with their own importers

/** What was dropped on the page or pasted into it, before the dialog was open. */
export type Given = { file: Blob } | { text: string };

/** A file on its way in: read here, looked at by the server, then kept. */
export function useImporting(given: Given | null) {
  const { t } = useTranslation('flows');
  const client = useQueryClient();
  const [document, setDocument] = useState<Record<string, unknown> | null>(null);
  const turns = useRef(0);
  const [fileName, setFileName] = useState<string | null>(null);
  const [fault, setFault] = useState<{ words: string; details: readonly string[] } | null>(null);

  const refuse = (error: Error) => setFault(faultWords(error));
  const looking = useMutation({
    mutationFn: (read: Record<string, unknown>) => previewImport(SOURCE, read),
    onError: refuse,
  });
  const keeping = useMutation({
    mutationFn: ({ read, name }: { read: Record<string, unknown>; name: string | undefined }) =>
      importFlows(SOURCE, read, name),
    onError: refuse,
    onSuccess: ({ flows }) => {
      void client.invalidateQueries({ queryKey: BOTS });
      const [only] = flows;
      say(t('importing.done', { count: flows.length, name: only?.name ?? '' }));
      if (flows.length === 1 && only) goTo(pathOfBot(only.id));
      else closeOver();
    },
  });

  const take = async (reading: BotFile | Promise<BotFile>, source?: Blob) => {
    setFileName(source instanceof File ? source.name : null);
    setFault(null);
    setDocument(null);
    looking.reset();
    const turn = ++turns.current;
    const read = await reading;
    if (turn !== turns.current) return; // another one was given meanwhile
    if (read.ok) {
      setDocument(read.document);
      looking.mutate(read.document);
      return;
    }
    const words = read.place ? t('importing.faults.not_json_at', read.place) : t(`importing.faults.${read.fault}`);
    setFault({ words, details: [] });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was given is taken once, whatever is drawn again
  useEffect(() => {
    if (given) void ('file' in given ? take(readBotFile(given.file), given.file) : take(readBotText(given.text)));
  }, [given]);

  function faultWords(error: Error): { words: string; details: readonly string[] } {
    if (!(error instanceof RequestError)) return { words: error.message, details: [] };
    if (error.status === 413) return { words: t('importing.faults.too_large'), details: [] };
    if (error.code !== 'import_unreadable') return { words: errorWords(error), details: [error.message] };
    const [first] = error.problems;
    if (first?.code === 'newer_format') return { words: t('importing.faults.newer'), details: [] };
    const isOurs = typeof document?.format === 'string' && document.format.startsWith('parley.');
    if (!isOurs) return { words: t('importing.faults.not_bot'), details: [] };
    const details = error.problems.map(({ message, path }) => `${message} (${path})`);
    return { words: t('importing.faults.broken'), details };
  }

  return {
    /** Of what is being looked at or was refused; null where it was pasted. */
    fileName,
    fault,
    isBusy: looking.isPending,
    isKeeping: keeping.isPending,
    preview: document && looking.data && !fault ? looking.data : null,
    takeFiles(files: readonly Blob[]) {
      const [file] = files;
      if (files.length > 1) {
        setFileName(null);
        setFault({ words: t('importing.faults.several'), details: [] });
      } else if (file) void take(readBotFile(file), file);
    },
    takeText: (text: string) => void take(readBotText(text)),
    keep: (name?: string) => document && keeping.mutate({ read: document, name }),
    begin() {
      setDocument(null);
      setFault(null);
    },
  };
}
