import { ChevronDown, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Button, type ButtonProps } from './Button';
import { IconButton } from './IconButton';
import { type MenuEntry, openMenu } from './menus';

type Items = readonly MenuEntry[] | (() => readonly MenuEntry[]);

/** A button that opens a menu below itself. */
export function MenuButton({
  items,
  label,
  children,
  ...button
}: Omit<ButtonProps, 'onPress' | 'aria-expanded' | 'aria-haspopup'> & { items: Items; label: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Button
      {...button}
      aria-haspopup="menu"
      aria-expanded={open}
      onPress={(anchor) => {
        setOpen(true);
        openMenu({ label, anchor, items: entries(items), onClose: () => setOpen(false) });
      }}
    >
      {children}
      <ChevronDown size={13} aria-hidden="true" />
    </Button>
  );
}

/** The three dots, or another icon, opening a menu. */
export function IconMenuButton({
  items,
  'aria-label': label,
  icon = <Ellipsis size={15} />,
  size = 'sm',
}: {
  items: Items;
  'aria-label': string;
  icon?: React.ReactNode;
  size?: 'sm' | 'md';
}) {
  const [open, setOpen] = useState(false);
  return (
    <IconButton
      size={size}
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={open}
      onPress={(anchor) => {
        setOpen(true);
        openMenu({ label, anchor, items: entries(items), onClose: () => setOpen(false) });
      }}
    >
      {icon}
    </IconButton>
  );
}

function entries(items: Items): readonly MenuEntry[] {
  return typeof items === 'function' ? items() : items;
}
