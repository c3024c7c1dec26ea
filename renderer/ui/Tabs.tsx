import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';
import { classes } from './classes';

export interface TabItem<V extends string> {
  value: V;
  label: string;
  icon?: ReactNode;
  count?: number;
}

/** Tabs with one panel. Arrows move, Enter activates. The panel holds whatever `children` shows for `value`. */
export function Tabs<V extends string>({
  label,
  value,
  onChange,
  tabs,
  children,
  end,
  className,
}: {
  label: string;
  value: V;
  onChange: (value: V) => void;
  tabs: readonly TabItem<V>[];
  children: ReactNode;
  /** Tools at the right end of the tab line. */
  end?: ReactNode;
  className?: string;
}) {
  return (
    <AriaTabs
      className={classes('flex flex-col min-h-0 flex-1', className)}
      keyboardActivation="manual"
      selectedKey={value}
      onSelectionChange={(key) => {
        const chosen = tabs.find((tab) => tab.value === key);
        if (chosen) onChange(chosen.value);
      }}
    >
      <div className="tabs">
        <TabList aria-label={label} className="flex gap-1" items={tabs}>
          {(tab) => (
            <Tab id={tab.value} className={({ isSelected }) => classes('tab', isSelected && 'on')}>
              {tab.icon}
              {tab.label}
              {tab.count !== undefined && <span className="n">{tab.count}</span>}
            </Tab>
          )}
        </TabList>
        {end && <span className="ml-auto flex items-center gap-1">{end}</span>}
      </div>
      <TabPanel key={value} id={value} className="flex-1 min-h-0 flex flex-col outline-offset-[-2px]">
        {children}
      </TabPanel>
    </AriaTabs>
  );
}
