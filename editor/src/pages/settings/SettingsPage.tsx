import {
  Input,
  NativeSelect,
  Paper,
  SegmentedControl,
  Skeleton,
  Text,
  Title,
  useMantineColorScheme,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readMe } from '../../api/auth.ts';
import { errorWords } from '../../ui/error-words.ts';
import { changeLanguage, isLanguage, LANGUAGES } from '../../ui/i18n.ts';
import { say } from '../../ui/notices.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { ProfileFacts } from './ProfileFacts.tsx';
import classes from './settings.module.css';

const SCHEMES = ['light', 'dark', 'auto'] as const;

export default function SettingsPage() {
  const { t } = useTranslation('settings');
  const me = useQuery({ queryKey: ['me'], queryFn: readMe, staleTime: 60_000 });
  return (
    <>
      <PageHead title={t('title')} intro={t('intro')} />
      <div className={classes.parts}>
        <Looks />
        <Paper component="section" className={classes.part} withBorder radius="lg" aria-labelledby="profile">
          <div>
            <Title order={2} size="h4" id="profile">
              {t('profile')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('profileHint')}
            </Text>
          </div>
          {me.isPending && <Skeleton height={120} role="status" aria-label={t('loading')} />}
          {me.error && (
            <Trouble text={errorWords(me.error)} action={{ label: t('tryAgain'), onClick: () => void me.refetch() }} />
          )}
          {me.data && <ProfileFacts me={me.data} />}
        </Paper>
      </div>
    </>
  );
}

/** Kept in this browser, and in force at once. */
function Looks() {
  const { t, i18n } = useTranslation('settings');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choose = (code: string) => {
    if (isLanguage(code)) changeLanguage(code).catch(() => say(t('languageFailed'), { tone: 'error' }));
  };
  return (
    <Paper component="section" className={classes.part} withBorder radius="lg" aria-labelledby="look">
      <div>
        <Title order={2} size="h4" id="look">
          {t('look')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('lookHint')}
        </Text>
      </div>
      <div>
        <Input.Label labelElement="div" display="block" id="theme">
          {t('theme')}
        </Input.Label>
        <SegmentedControl
          aria-labelledby="theme"
          className={classes.theme}
          value={colorScheme}
          onChange={setColorScheme}
          data={SCHEMES.map((scheme) => ({ value: scheme, label: t(`themes.${scheme}`) }))}
        />
      </div>
      <NativeSelect
        label={t('language')}
        description={t('languageHint')}
        maw="22rem"
        classNames={{ input: classes.own }}
        value={isLanguage(i18n.language) ? i18n.language : 'en'}
        onChange={({ currentTarget: { value } }) => choose(value)}
      >
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option key={code} value={code} lang={code} translate="no">
            {name}
          </option>
        ))}
      </NativeSelect>
    </Paper>
  );
}
