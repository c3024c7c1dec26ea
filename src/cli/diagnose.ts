import type { Client, Finding } from '#contract';
import { withGantry } from './with-gantry';

const marks: Record<Finding['result'], string> = {
  ok: 'ok',
  warning: 'warn',
  failed: 'FAILED',
  skipped: '-',
};

/** One check in words: what is fine takes one line. A command that repairs is below, to be copied. */
export function tellFinding({ title, result, fact, explanation, fix }: Finding): string {
  const quiet = result === 'ok' || result === 'skipped';
  const below = [
    ...(result === 'ok' || explanation === '' ? [] : [explanation]),
    ...(fix?.kind === 'copy' ? [fix.text] : []),
  ];
  const line = `${marks[result].padEnd(7)} ${quiet ? `${title}: ${fact}` : fact}`;
  return [line, ...below.map((text) => `${' '.repeat(8)}${text}`)].join('\n');
}

async function saveReport(client: Client, folder: string): Promise<void> {
  const { id, files } = await client.diagnostics.report();
  const chosen = files.map(({ name }) => name).filter((name) => name !== 'containers.txt');
  const { path } = await client.diagnostics.saveReport({ id, files: chosen, folder });
  console.error(`The report is ${path}. Read it before you hand it on.`);
}

export const runDiagnose = (options: { network: boolean; report?: string; json: boolean }): Promise<void> =>
  withGantry(async (client) => {
    const found: Finding[] = [];
    for await (const event of await client.diagnostics.run({ network: options.network, first: false })) {
      if (event.type !== 'found') continue;
      found.push(event.finding);
      if (!options.json) console.log(tellFinding(event.finding));
    }
    const wrong = found.filter(({ result }) => result === 'failed').length;
    if (wrong > 0) process.exitCode = 1;
    if (options.json) console.log(JSON.stringify({ ok: wrong === 0, findings: found }));
    else if (wrong > 0) console.error('`gantry open troubleshoot` has buttons that repair.');
    if (options.report !== undefined) await saveReport(client, options.report);
  });
