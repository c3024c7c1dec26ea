/** Reads tokens as the colours that they have now, which a canvas or a terminal understands. */
export function tokenColours<K extends string>(near: Element, tokens: Record<K, string>): Record<K, string> {
  const probe = document.createElement('span');
  near.append(probe);
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const read = (token: string) => {
    probe.style.color = token.startsWith('--') ? `var(${token})` : token;
    if (!pen) return 'gray';
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = getComputedStyle(probe).color;
    pen.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 255] = pen.getImageData(0, 0, 1, 1).data;
    return `rgba(${red}, ${green}, ${blue}, ${(alpha / 255).toFixed(3)})`;
  };
  try {
    return Object.fromEntries(
      Object.entries<string>(tokens).map(([key, token]) => [key, read(token)]),
    ) as Record<K, string>;
  } finally {
    probe.remove();
  }
}
