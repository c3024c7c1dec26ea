/** Looks for engines from inside a container, with busybox. */

/** Ports at which engines and their tools are found on other computers. */
export const enginePorts = [80, 443, 2375, 2376, 2377, 4243, 5000, 7946, 8080, 9323];

/**
 * A script that asks every port of every address what an engine answers to anybody, and prints `address port` and
 * the answer's first lines of each that is open. What does not answer within two seconds counts as closed.
 */
export function scanScript(addresses: string[], ports: number[]): string {
  return [
    `for address in ${addresses.join(' ')}; do for port in ${ports.join(' ')}; do (`,
    'answer=$(printf "GET /version HTTP/1.0\\r\\n\\r\\n" | timeout 4 nc -w 2 $address $port 2>/dev/null | head -c 400 | tr "\\r\\n\\0" "   ")',
    '[ -z "$answer" ] && ! timeout 4 nc -z -w 2 $address $port 2>/dev/null || echo "$address $port $answer"',
    ') & done; wait; done',
  ].join('\n');
}

export interface OpenPlace {
  address: string;
  port: number;
  answer: string;
}

export function parseScan(text: string): OpenPlace[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [address = '', port, ...answer] = line.split(' ');
      return { address, port: Number(port), answer: answer.join(' ') };
    });
}

/** Whether an answer is one of Docker Engine's API. */
export const isEngine = ({ answer }: OpenPlace): boolean => /Api-Version|ApiVersion|Docker/i.test(answer);
