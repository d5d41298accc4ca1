import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { readMe } from '../api/auth.ts';
import { RequestError } from '../api/request.ts';
import { readSetup } from '../api/setup.ts';
import { MeContext } from './me.ts';
import { ME } from './query-client.ts';
import { router } from './router.tsx';
import { ServerAway } from './ServerAway.tsx';
import { SetUp } from './SetUp.tsx';
import { SignIn } from './SignIn.tsx';

/** Who is signed in sees the app; else the sign-in, or the set-up of a server without an account. */
export function Door() {
  const { t } = useTranslation('app');
  const me = useQuery({ queryKey: ME, queryFn: readMe, staleTime: 60_000 });
  const setup = useQuery({ queryKey: ['setup'], queryFn: readSetup, enabled: me.data === null });

  if (me.data) {
    return (
      <MeContext value={me.data}>
        <RouterProvider router={router} />
      </MeContext>
    );
  }
  const failed = me.error ?? setup.error;
  if (failed) {
    const isAway = failed instanceof RequestError && failed.status === 0;
    const again = () => void (me.error ? me.refetch() : setup.refetch());
    return <ServerAway error={failed} isAway={isAway} onAgain={again} />;
  }
  if (!setup.data) {
    return (
      <Center h="100%">
        <Loader aria-label={t('loading')} />
      </Center>
    );
  }
  return setup.data.needed ? <SetUp /> : <SignIn />;
}
