import { HELPERS } from '@parley/runtime';
import { type Command, CommandFailed, OK } from '../command.ts';
import { table } from '../table.ts';

export const helpersCommand: Command = {
  name: 'helpers',
  summary: 'Lists what templates can do; with a name, what that helper takes and gives.',
  operands: { value: 'NAME', optional: true, help: 'a helper, such as formatDate, or a group, such as dates' },
  options: {},
  run: async (_, terminal, [name]) => {
    const found = HELPERS.filter((one) => name === undefined || one.group === name || one.name === name);
    if (found.length === 0) throw new CommandFailed(`There is no helper ${name}. "helpers" lists them all.`);
    const [only] = found;
    if (only && only.name === name) {
      const taken = only.arguments.map((one) => `${one.name}${one.optional ? '?' : ''}: ${one.type}`).join(', ');
      terminal.print(`${only.name}${taken && `(${taken})`} gives ${only.result}`);
      terminal.print(only.summary);
      const { template, scope, gives } = only.example;
      terminal.print(
        `Example: ${template} is ${JSON.stringify(gives)}${scope ? ` with ${JSON.stringify(scope)}` : ''}`,
      );
      return OK;
    }
    for (const line of table(found.map((one) => [one.group, one.name, one.summary, one.example.template])))
      terminal.print(line);
    return OK;
  },
};
