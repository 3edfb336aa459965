import { describe, it } from 'vitest';
import { CONTRACT, runContractCase } from '../../../switch/call-control/contract.ts';
import { fakeRig } from './contract-rig.ts';

/** Areas that can be true of a switch without sound: recordings and prompts are held to the contract on real ones. */
const AREAS = ['arrival', 'ringing', 'bridging', 'link'] as const;

describe('the switch in memory keeps the contract', () => {
  for (const area of AREAS) {
    describe(area, () => {
      for (const one of CONTRACT[area] ?? []) it(one.name, () => runContractCase(one, fakeRig));
    });
  }
});
