import { useMediaQuery } from '@mantine/hooks';

const PHONE = '(max-width: 48em)'; // the same width as in the style sheets

/** Whether the window is as narrow as a phone's: panels then take all of it. */
export const usePhone = (): boolean => useMediaQuery(PHONE, false, { getInitialValueInEffect: false });

/** The same at one moment, for what is decided once. */
export const isPhone = (): boolean => window.matchMedia(PHONE).matches;
