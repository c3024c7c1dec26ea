/** Lines that a machine said, unchanged. They scroll in a box of their own, by keyboard too. */
export function Said({ label, text, tall }: { label: string; text: string; tall?: boolean }) {
  return (
    <pre
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={`cmdbox mt-2 select-text whitespace-pre-wrap wrap-anywhere overflow-auto ${tall ? 'max-h-[280px]' : 'max-h-[200px]'}`}
    >
      {text}
    </pre>
  );
}
