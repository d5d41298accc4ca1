import 'react';

/** CSS variables in `style`, for what only the page knows, such as a width that a person dragged. */
declare module 'react' {
  interface CSSProperties {
    [variable: `--${string}`]: string | number | undefined;
  }
}
