import { describe, it } from 'vitest';
import { arrivalCases } from './contract/arrival-cases.ts';
import { bridgeCases } from './contract/bridge-cases.ts';
import { linkCases } from './contract/link-cases.ts';
import { recordingCases } from './contract/recording-cases.ts';
import type { CallRig } from './contract/rig.ts';
import { ringCases } from './contract/ring-cases.ts';
import { type ContractCase, Scene } from './contract/scene.ts';
import { soundCases } from './contract/sound-cases.ts';

export { type CallRig, RIG_TONES, type RigCall, type RigPhone } from './contract/rig.ts';
export type { ContractCase } from './contract/scene.ts';

/** Everything that a switch must do, by area. */
export const CONTRACT: Readonly<Record<string, readonly ContractCase[]>> = {
  arrival: arrivalCases,
  sound: soundCases,
  ringing: ringCases,
  bridging: bridgeCases,
  recording: recordingCases,
  link: linkCases,
};

/** Runs one case on a rig of its own. */
export async function runContractCase(contractCase: ContractCase, makeRig: () => Promise<CallRig>): Promise<void> {
  const rig = await makeRig();
  const scene = new Scene(rig);
  try {
    await contractCase.run(scene);
  } finally {
    scene.end();
    await rig.close();
  }
}

/** The contract of {@link CallControl} as tests: every verb, every outcome, and the ugly cases. */
export function callControlContract(name: string, makeRig: () => Promise<CallRig>): void {
  describe(name, () => {
    for (const [area, cases] of Object.entries(CONTRACT)) {
      describe(area, () => {
        for (const contractCase of cases) it(contractCase.name, () => runContractCase(contractCase, makeRig), 60_000);
      });
    }
  });
}
