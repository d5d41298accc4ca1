import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** The darkest green carries white words at 5 : 1, in light and in dark alike. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 9,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif, "Noto Color Emoji"',
  headings: { fontWeight: '650' },
  // Its place-holder is a child that menus must not have; the focus goes to the first item instead
  components: {
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // A bare span may bear no name
    Loader: { defaultProps: { role: 'status' } },
  },
});

/** Where the library's own shade falls below 4.5 : 1: under the pointer it lightens, and words on pale green. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-teal-filled-hover': '#066b4c', '--mantine-color-teal-light-color': '#06603f' },
  dark: {
    '--mantine-color-teal-filled-hover': '#066b4c',
    // The library's are all but white: "Delete" would look like any other word
    '--mantine-color-teal-light-color': 'var(--mantine-color-teal-2)',
    '--mantine-color-red-light-color': 'var(--mantine-color-red-3)',
  },
});
