import { Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { FlowSummary } from '../../api/flows.ts';
import { AskFirst } from '../../ui/AskFirst.tsx';
import { SearchIcon } from '../../ui/icons.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { openInAddress, useAddressPart } from '../../ui/use-address.ts';
import { EmptyFlows } from './EmptyFlows.tsx';
import { FlowPanels } from './FlowPanels.tsx';
import { FlowTable } from './FlowTable.tsx';
import classes from './flows-page.module.css';
import { PasteFlow } from './PasteFlow.tsx';
import { ProblemsDialog } from './ProblemsDialog.tsx';
import { useFlowActions } from './use-flow-actions.ts';
import { useFlowList } from './use-flow-list.ts';
import { words } from './words.ts';

const TYPING_PAUSE = 250; // ms

export function FlowsPage() {
  const [search, setSearch] = useState('');
  const [query] = useDebouncedValue(search.trim(), TYPING_PAUSE);
  const list = useFlowList(query);
  const actions = useFlowActions();
  const [removing, setRemoving] = useState<FlowSummary | null>(null);
  const isPasting = useAddressPart('add') === 'paste';

  const flows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isSearching = query !== '' || search !== '';
  const hasNone = list.isSuccess && flows.length === 0 && !isSearching;
  // Before it is known whether there are flows, nothing is shown that would move: who tabbed to it would lose their place
  const isOpening = list.isPending && !isSearching;
  const paste = () => openInAddress('add', 'paste');

  return (
    <>
      <PageHead title={words.title} intro={words.intro}>
        {!hasNone && !isOpening && (
          <Group gap="xs" className={classes.ways}>
            <Button variant="default" onClick={actions.addExample} loading={actions.isAddingExample}>
              {words.addExample}
            </Button>
            <Button onClick={paste}>{words.paste}</Button>
          </Group>
        )}
      </PageHead>

      {hasNone ? (
        <EmptyFlows onExample={actions.addExample} isAdding={actions.isAddingExample} onPaste={paste} />
      ) : (
        <Stack>
          {!isOpening && (
            <TextInput
              className={classes.search}
              type="search"
              aria-label={words.search}
              placeholder={words.search}
              leftSection={<SearchIcon />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )}
          {list.isError && (
            <Trouble text={list.error.message} action={{ label: words.tryAgain, onClick: () => void list.refetch() }} />
          )}
          {list.isPending && (
            <Stack gap="xs" role="status" aria-label={words.loading}>
              <Skeleton height={56} />
              <Skeleton height={56} />
              <Skeleton height={56} />
            </Stack>
          )}
          {list.isSuccess && flows.length === 0 && (
            <div className={classes.nothing}>
              <Text>{words.nothingFound(query)}</Text>
              <Button variant="default" size="xs" onClick={() => setSearch('')}>
                {words.clearSearch}
              </Button>
            </div>
          )}
          {flows.length > 0 && (
            <FlowTable
              flows={flows}
              busy={actions.busy}
              onTry={({ id }) => openInAddress('try', id)}
              onEdit={({ id }) => openInAddress('edit', id)}
              onPublish={actions.publish}
              onTurn={actions.turn}
              onRemove={setRemoving}
              onProblems={actions.showProblems}
            />
          )}
          {list.hasNextPage && (
            <Button variant="default" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
              {words.loadMore}
            </Button>
          )}
        </Stack>
      )}

      <FlowPanels />
      {isPasting && <PasteFlow />}
      <ProblemsDialog
        report={actions.report}
        onClose={actions.closeReport}
        onEdit={(flow) => {
          actions.closeReport();
          openInAddress('edit', flow);
        }}
      />
      <AskFirst
        question={
          removing && {
            title: words.askRemove.title(removing.name),
            text: words.askRemove.text,
            yes: words.askRemove.yes,
            onYes: () => actions.remove(removing),
          }
        }
        no={words.askRemove.no}
        closeLabel={words.close}
        onClose={() => setRemoving(null)}
      />
    </>
  );
}
