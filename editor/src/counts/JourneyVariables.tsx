import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './counts.module.css';

/** What the session in progress knows, as the flow's templates would read it. */
export function JourneyVariables({ variables }: { variables: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation('counts');
  const entries = Object.entries(variables);
  return (
    <details className={classes.details}>
      <summary>{t('journey.variables')}</summary>
      {entries.length === 0 ? (
        <p className={classes.quiet}>{t('journey.noVariables')}</p>
      ) : (
        <Table>
          <Table.Tbody>
            {entries.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">
                  <bdi>{name}</bdi>
                </Table.Th>
                <Table.Td>
                  <bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </details>
  );
}
