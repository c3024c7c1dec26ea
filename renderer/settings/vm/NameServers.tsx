import { useState } from 'react';
import { SegmentedControl } from '#ui/SegmentedControl';
import { TextField } from '#ui/TextField';
import { WideRow } from '../parts';
import { useTried, useVmSettings } from './draft';
import { addressesOf, dnsProblem } from './rules';

/** Who tells the engine which address belongs to a name. */
export function NameServers() {
  const { shown, edit } = useVmSettings();
  const dns = shown?.dns ?? null;
  const [text, setText] = useState(dns?.join(', ') ?? '');
  const tried = useTried();
  const [left, setLeft] = useState(false);
  return (
    <WideRow setting="dns">
      <SegmentedControl
        label="Name servers"
        value={dns === null ? 'system' : 'manual'}
        onChange={(mode) => edit({ dns: mode === 'system' ? null : addressesOf(text) })}
        segments={[
          { value: 'system', label: 'As this computer' },
          { value: 'manual', label: 'By hand' },
        ]}
      />
      {dns !== null && (
        <TextField
          className="mt-3"
          label="Addresses of name servers"
          labelHidden
          mono
          value={text}
          onChange={(next) => {
            setText(next);
            edit({ dns: addressesOf(next) });
          }}
          onBlur={() => setLeft(true)}
          placeholder="9.9.9.9, 149.112.112.112"
          error={left || tried ? dnsProblem(dns) : undefined}
          help="Their IPv4 addresses, with commas between them."
        />
      )}
    </WideRow>
  );
}
