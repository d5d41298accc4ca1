import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { checkDocument, createFlow, type FlowDocument } from '../../api/flows.ts';
import { JsonArea } from '../../ui/JsonArea.tsx';
import { MessageList } from '../../ui/MessageList.tsx';
import { say } from '../../ui/notices.ts';
import { readJsonObject } from '../../ui/read-json.ts';
import { Trouble } from '../../ui/Trouble.tsx';
import { clearAddress } from '../../ui/use-address.ts';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import { usePhone } from '../../ui/use-phone.ts';
import { toMessages } from './describe-problems.ts';
import classes from './paste-flow.module.css';
import { FLOWS } from './use-flow-actions.ts';
import { words } from './words.ts';

const { pasting } = words;

/** Takes a flow as JSON. A broken one is shown with its problems first, and saved only on a second word. */
export function PasteFlow() {
  const client = useQueryClient();
  const isPhone = usePhone();
  useFocusBack();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const checking = useMutation({ mutationFn: checkDocument });
  const adding = useMutation({
    mutationFn: createFlow,
    onSuccess: (flow) => {
      void client.invalidateQueries({ queryKey: FLOWS });
      clearAddress();
      say(pasting.added(flow.name));
    },
  });
  const isBroken = checking.data?.ok === false;
  const trouble = checking.error ?? adding.error;

  const withDocument = (use: (document: FlowDocument) => void) => {
    const read = readJsonObject(text);
    setFault(read.ok ? null : read.message);
    if (read.ok) use(read.value);
  };
  const add = () =>
    withDocument(async (document) => {
      const check = await checking.mutateAsync(document).catch(() => null);
      if (check?.ok) adding.mutate(document);
    });

  return (
    <Modal
      opened
      onClose={clearAddress}
      title={pasting.title}
      size="xl"
      fullScreen={isPhone}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack>
        <JsonArea
          label={pasting.label}
          description={pasting.hint}
          value={text}
          error={fault}
          rows={14}
          data-autofocus
          onChange={(event) => {
            setText(event.currentTarget.value);
            checking.reset();
          }}
        />
        {trouble && <Trouble text={trouble.message} />}
        {isBroken && checking.data && (
          <div role="alert">
            <Text size="sm" fw={600} mb="xs">
              {pasting.broken}
            </Text>
            <MessageList
              label={words.problems.list}
              toneNames={words.problems.tones}
              messages={toMessages(checking.data.problems)}
            />
          </div>
        )}
        <Group justify="flex-end" className={classes.buttons}>
          <Button variant="default" onClick={clearAddress}>
            {words.cancel}
          </Button>
          {isBroken && (
            <Button
              variant="light"
              onClick={() => withDocument((document) => adding.mutate(document))}
              loading={adding.isPending}
            >
              {pasting.addAnyway}
            </Button>
          )}
          <Button onClick={add} loading={checking.isPending || (adding.isPending && !isBroken)}>
            {pasting.add}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
