import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button';
import { IconButton } from './IconButton';

const CONFIRM_MS = 2000;

/** Copies text; says "Copied" for two seconds. With `children` it is a labelled button. */
export function CopyButton({
  text,
  label,
  children,
}: {
  text: string | (() => string);
  /** The accessible name: "Copy command", "Copy ID". */
  label: string;
  children?: React.ReactNode;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
    setCopied(true);
  }

  const icon = copied ? <Check size={14} className="text-ok-fg" /> : <Copy size={14} />;
  if (children !== undefined) {
    return (
      <Button variant="quiet" icon={icon} onPress={copy} aria-label={label}>
        {children}
      </Button>
    );
  }
  return (
    <IconButton size="sm" aria-label={label} tooltip={copied ? 'Copied' : label} onPress={copy}>
      {icon}
    </IconButton>
  );
}
