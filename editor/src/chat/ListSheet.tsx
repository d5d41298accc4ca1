import { UnstyledButton } from '@mantine/core';
import type { ContentOf } from '@parley/runtime';
import classes from './list-sheet.module.css';
import { Sheet } from './Sheet.tsx';

interface ListSheetProps {
  list: ContentOf<'list'> | null;
  onClose: () => void;
  onChoose: (row: { id: string; title: string }) => void;
}

/** The rows of a list message. */
export function ListSheet({ list, onClose, onChoose }: ListSheetProps) {
  return (
    <Sheet title={list?.button ?? null} onClose={onClose}>
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
    </Sheet>
  );
}
