import { Drawer, UnstyledButton } from '@mantine/core';
import type { OutboundContent } from '@parley/runtime';
import classes from './list-sheet.module.css';
import { words } from './words.ts';

export type OpenList = Extract<OutboundContent, { kind: 'list' }>;

interface ListSheetProps {
  list: OpenList | null;
  onClose: () => void;
  onChoose: (row: { id: string; title: string }) => void;
}

/** The rows of a list message, from the foot of the screen as on a phone. */
export function ListSheet({ list, onClose, onChoose }: ListSheetProps) {
  return (
    <Drawer
      opened={list !== null}
      onClose={onClose}
      title={list?.button}
      position="bottom"
      size="auto"
      zIndex={300}
      closeButtonProps={{ 'aria-label': words.list.close }}
      transitionProps={{ duration: 120 }}
      classNames={{ inner: classes.inner, content: classes.sheet }}
    >
      {list?.sections.map(({ title, rows }) => (
        <section key={title ?? rows[0]?.id} className={classes.section} aria-label={title}>
          {title && <h3 className={classes.heading}>{title}</h3>}
          {rows.map((row) => (
            <UnstyledButton
              key={row.id}
              className={classes.row}
              onClick={() => {
                onClose();
                onChoose(row);
              }}
            >
              <strong>{row.title}</strong>
              {row.description && <small>{row.description}</small>}
            </UnstyledButton>
          ))}
        </section>
      ))}
    </Drawer>
  );
}
