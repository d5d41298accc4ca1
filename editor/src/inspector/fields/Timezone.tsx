import { useMemo } from 'react';
import type { FieldProps } from './field-props.ts';
import { Offered } from './Offered.tsx';

/** A time zone by its IANA name; the browser knows them all. */
export function Timezone(props: FieldProps) {
  const options = useMemo(
    () => Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value.replaceAll('_', ' ') })),
    [],
  );
  return <Offered {...props} options={options} placeholder="Europe/Lisbon" />;
}
