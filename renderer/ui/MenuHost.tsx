import { Check } from 'lucide-react';
import { Fragment, useRef } from 'react';
import { Menu, MenuItem, MenuSection, Popover, Separator } from 'react-aria-components';
import { classes } from './classes';
import { previewCommand } from './commandStrip';
import { keyLabel } from './Kbd';
import { closeMenu, type MenuAction, menuSections, type OpenMenu, useOpenMenu } from './menus';

/** Draws the open menu. Mounted once, by the shell. */
export function MenuHost() {
  const menu = useOpenMenu((state) => state.menu);
  return menu ? <MenuAtAnchor menu={menu} /> : null;
}

function MenuAtAnchor({ menu }: { menu: OpenMenu }) {
  const point = useRef<HTMLSpanElement>(null);
  const element = useRef<Element>(menu.anchor instanceof Element ? menu.anchor : null);
  element.current = menu.anchor instanceof Element ? menu.anchor : null;
  const atPoint = menu.anchor instanceof Element ? null : menu.anchor;
  return (
    <>
      {atPoint && <span ref={point} className="fixed w-0 h-0" style={{ left: atPoint.x, top: atPoint.y }} />}
      <Popover
        key={atPoint ? `${atPoint.x},${atPoint.y}` : 'element'}
        aria-label={menu.label}
        className="menu min-w-[200px] max-w-[340px]"
        triggerRef={atPoint ? point : element}
        isOpen
        onOpenChange={(open) => {
          if (!open) close();
        }}
        placement={atPoint ? 'bottom start' : 'bottom end'}
        offset={atPoint ? 2 : 4}
      >
        <Menu aria-label={menu.label} autoFocus="first" className="outline-none" onClose={close}>
          {menuSections(menu.items).map((section, index) => (
            <Fragment key={section[0]?.id}>
              {index > 0 && <Separator className="sep" />}
              <Section actions={section} />
            </Fragment>
          ))}
        </Menu>
      </Popover>
    </>
  );
}

function close() {
  previewCommand(null);
  closeMenu();
}

function Section({ actions }: { actions: readonly MenuAction[] }) {
  const checkable = actions.some((action) => action.checked !== undefined);
  const chosen = actions.filter((action) => action.checked).map((action) => action.id);
  return (
    <MenuSection
      aria-label="Actions"
      selectionMode={checkable ? 'multiple' : 'none'}
      selectedKeys={chosen}
      onSelectionChange={() => {}}
    >
      {actions.map((action) => (
        <Item key={action.id} action={action} />
      ))}
    </MenuSection>
  );
}

function Item({ action }: { action: MenuAction }) {
  const off = action.disabledReason !== undefined;
  return (
    <MenuItem
      id={action.id}
      textValue={action.label}
      isDisabled={off}
      onAction={() => {
        // Ticked items would leave the menu open.
        close();
        action.onAction();
      }}
      onFocus={() => previewCommand(action.preview ?? null)}
      className={classes('mi', action.danger && 'danger', off && 'off')}
    >
      {action.icon && <span className="grid place-items-center w-4">{action.icon}</span>}
      <span className="min-w-0">
        <span className="block truncate">{action.label}</span>
        {off && (
          <span className="block text-11 text-fg3 whitespace-normal pb-1">{action.disabledReason}</span>
        )}
      </span>
      <span className="r flex items-center gap-1.5 num pl-3">
        {action.checked && <Check size={14} aria-hidden="true" />}
        {action.shortcut?.split(' ').map(keyLabel).join(' ')}
      </span>
    </MenuItem>
  );
}
