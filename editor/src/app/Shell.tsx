import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Me, signOut } from '../api/auth.ts';
import { say } from '../ui/notices.ts';
import { PageLink } from '../ui/PageLink.tsx';
import { clearAddress } from '../ui/use-address.ts';
import { Brand } from './Brand.tsx';
import { PAGES, usePage } from './pages.tsx';
import { ME } from './query-client.ts';
import classes from './shell.module.css';
import { words } from './words.ts';

/** The frame of every page: where one is, who one is, and the way out. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const client = useQueryClient();
  const page = usePage();
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      clearAddress();
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
      client.setQueryData(ME, null);
      say(words.signedOut);
    },
    onError: (error) => say(error.message),
  });
  return (
    <>
      <header className={classes.header}>
        <div className={classes.inside}>
          <Brand />
          <nav className={classes.pages} aria-label={words.pages}>
            {PAGES.map(({ path, label }) => (
              <PageLink key={path} to={path} isCurrent={path === page.path} className={classes.link}>
                {label}
              </PageLink>
            ))}
          </nav>
          <Text className={classes.organization} size="sm" c="dimmed">
            {me.organization.name}
          </Text>
          <Text className={classes.person} size="sm" c="dimmed" title={me.user?.email}>
            {me.user?.name || me.user?.email}
          </Text>
          <Button variant="default" size="xs" onClick={() => leaving.mutate()} loading={leaving.isPending}>
            {words.signOut}
          </Button>
        </div>
      </header>
      <main className={classes.main}>{children}</main>
    </>
  );
}
