import { createInterface } from 'node:readline/promises';

/** Asks on the terminal, where a word has to be typed; without a terminal the answer is no. */
export async function confirmed(question: string, word: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`${question} Type "${word}" to go on: `);
  asking.close();
  return answer.trim() === word;
}

/** What a refusal adds where nobody can be asked. */
export const howToAgree = () => (process.stdin.isTTY ? '' : ' Without a terminal, say --yes.');
