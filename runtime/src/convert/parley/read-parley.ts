import { parseFlow } from '../../flow/parse-flow.ts';
import { flowError, type Problem } from '../../flow/problem.ts';
import { isObject } from '../../json.ts';
import type { NodeTypes } from '../../node/define-node.ts';
import type { Converted, ConvertedFlow, ReportLine } from '../importer.ts';
import { BUNDLE_FORMAT, Bundle } from './bundle.ts';

/** Our own files: one flow document, or several in a bundle. Types that are not installed here are kept as they are. */
export function readParley(document: unknown, nodeTypes: NodeTypes): Converted {
  const files = filesIn(document);
  if (!Array.isArray(files)) return { ok: false, problems: [files] };
  const flows: ConvertedFlow[] = [];
  const report: ReportLine[] = [];
  const problems: Problem[] = [];
  for (const [index, file] of files.entries()) {
    const read = parseFlow(file.document);
    const errors = read.problems.filter(({ severity }) => severity === 'error');
    if (!read.flow || errors.length > 0) {
      problems.push(...errors.map((one) => ({ ...one, path: file.path + one.path })));
      continue;
    }
    // What this release does not know at the top stays, as in a document that is saved
    const raw = isObject(file.document) ? file.document : {};
    flows.push({ key: file.id, document: { ...raw, ...read.flow }, tags: file.tags });
    report.push(...read.flow.nodes.map(({ id, type }) => lineOf(id, type, index, nodeTypes)));
  }
  const [main, ...others] = flows;
  if (problems.length > 0 || !main) return { ok: false, problems };
  return { ok: true, flows: [main, ...others], report };
}

const lineOf = (node: string, type: string, flow: number, nodeTypes: NodeTypes): ReportLine => {
  const known = nodeTypes.has(type);
  const note = known
    ? ''
    : `There is no step of the type ${type} here. It is kept; install the package that brings it.`;
  return { source: node, outcome: known ? 'mapped' : 'kept', node, note, flow };
};

interface File {
  id: string;
  document: unknown;
  tags: string[];
  path: string;
}

/** The documents in what was sent, or why there are none. */
function filesIn(document: unknown): File[] | Problem {
  const format = isObject(document) ? document.format : undefined;
  if (typeof format !== 'string' || !format.startsWith('parley.flows/'))
    return [{ id: '', document, tags: [], path: '' }];
  if (format !== BUNDLE_FORMAT)
    return flowError(
      'newer_format',
      `This file has the format ${format.slice(0, 50)}; this release reads ${BUNDLE_FORMAT}. Update Parley.`,
      { path: '/format' },
    );
  const bundle = Bundle.safeParse(document);
  if (!bundle.success)
    return flowError('invalid_document', 'The list of bots in this file cannot be read. Export it once more.', {
      path: '/flows',
    });
  return bundle.data.flows.map((file, index) => ({ ...file, path: `/flows/${index}/document` }));
}
