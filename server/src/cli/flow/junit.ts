/** A script as it was played. */
export interface Played {
  /** The script's file, as it is shown. */
  file: string;
  title: string;
  /** The flow's file. */
  flow: string;
  /** What differed, a line each; empty where it held. */
  differences: string[];
  /** True where it could not be played at all: the script or its flow is wrong. */
  broken: boolean;
  milliseconds: number;
}

/**
 * The results as JUnit XML, one suite a flow. Shape: the `testsuites`, `testsuite`, `testcase`, `failure` and `error` that
 * CI systems read (Jenkins' junit-10.xsd).
 */
export function junitOf(played: readonly Played[]): string {
  const suites = [...Map.groupBy(played, ({ flow }) => flow)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="parley" ${countsOf(played)}>`,
    ...suites.flatMap(([flow, cases]) => [
      `  <testsuite name="${escaped(flow)}" ${countsOf(cases)} skipped="0">`,
      ...cases.flatMap(caseLines),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function caseLines({ file, title, differences, broken, milliseconds }: Played): string[] {
  const attributes = `name="${escaped(title)}" classname="${escaped(file)}" time="${seconds(milliseconds)}"`;
  if (differences.length === 0) return [`    <testcase ${attributes}/>`];
  const kind = broken ? 'error' : 'failure';
  return [
    `    <testcase ${attributes}>`,
    `      <${kind} type="${broken ? 'unplayable' : 'difference'}" message="${escaped(differences[0] ?? '')}">${escaped(differences.join('\n'))}</${kind}>`,
    '    </testcase>',
  ];
}

function countsOf(played: readonly Played[]): string {
  const failed = played.filter((one) => one.differences.length > 0);
  const errors = failed.filter((one) => one.broken).length;
  const time = seconds(played.reduce((sum, one) => sum + one.milliseconds, 0));
  return `tests="${played.length}" failures="${failed.length - errors}" errors="${errors}" time="${time}"`;
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** XML 1.0 holds no control signs but tab and line ends, and no half of a surrogate pair, not even escaped. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
    .replaceAll('\n', '&#10;');
