import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../config/clock.ts';
import type { CodedError } from '../../../config/errors.ts';
import { silentLogger } from '../../../config/logger.ts';
import { type Script, ScriptedServer } from '../testing/scripted-server.ts';
import { EventSocketLink, type LinkTimes } from './link.ts';

let server: ScriptedServer;
let link: EventSocketLink | undefined;
let ups: number;
let losses: CodedError[];
let changed: () => void;

const obedient: Script = (command, peer) => {
  if (command.startsWith('api ')) peer.apiResponse('ok');
  else peer.reply('+OK');
};

beforeEach(async () => {
  server = await ScriptedServer.start(obedient);
  ups = 0;
  losses = [];
  changed = () => undefined;
});

afterEach(async () => {
  link?.close();
  await server.close();
});

function start(times: Partial<LinkTimes> = {}, password = 'secret'): EventSocketLink {
  link = new EventSocketLink({
    host: '127.0.0.1',
    port: server.port,
    password,
    events: ['CHANNEL_PARK'],
    filters: [['Caller-Context', 'public']],
    clock: systemClock,
    log: silentLogger,
    times: { firstRetryMs: 5, maxRetryMs: 20, refusedRetryMs: 60_000, openDeadlineMs: 1000, ...times },
    onEvent: () => undefined,
    onSubscribed: async () => () => {
      ups++;
      changed();
    },
    onLost: (reason) => {
      losses.push(reason);
      changed();
    },
  });
  return link;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise<void>((resolve) => {
      changed = resolve;
    });
  }
}

describe('a link', () => {
  it('signs in, subscribes and filters again after each loss', async () => {
    start();
    await until(() => ups === 1);
    server.dropAll();
    await until(() => ups === 2);
    expect(losses.map((loss) => loss.code)).toEqual(['switch.link-lost']);
    const wishes = ['event json CHANNEL_PARK', 'filter Caller-Context public'];
    expect(server.commands).toEqual([...wishes, ...wishes]);
  });

  it('never sends a command again', async () => {
    const current = start();
    await until(() => ups === 1);
    server.script = (command, peer) => {
      if (command.startsWith('bgapi')) server.dropAll();
      else obedient(command, peer);
    };
    await expect(current.bgapi('originate x', 60_000)).rejects.toMatchObject({ code: 'switch.link-lost' });
    await until(() => ups === 2);
    await current.api('status', 1000);
    expect(server.commands.filter((command) => command.startsWith('bgapi'))).toHaveLength(1);
  });

  it('fails commands while it is down', async () => {
    const current = start();
    await expect(current.api('status', 1000)).rejects.toMatchObject({ code: 'switch.link-lost' });
  });

  it('notices a switch that holds the connection and says nothing', async () => {
    start({ silenceMs: 20 });
    await until(() => ups === 1);
    server.script = (command, peer) => {
      if (command !== 'api hostname') obedient(command, peer);
    };
    await until(() => losses.length === 1);
    expect(losses[0]?.fields.reason).toBe('silent');
  });

  it('comes back after garbage', async () => {
    start();
    await until(() => ups === 1);
    server.script = (command, peer) => {
      if (command === 'api poke') peer.raw('garbage\n\n');
      else obedient(command, peer);
    };
    await expect(link?.api('poke', 1000)).rejects.toMatchObject({ code: 'switch.link-lost' });
    await until(() => ups === 2);
    expect(losses[0]?.code).toBe('switch.protocol');
  });

  it('waits long after a wrong password', async () => {
    start({}, 'wrong');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(server.connections).toBe(1);
    expect(ups).toBe(0);
  });

  it('stays closed', async () => {
    const current = start();
    await until(() => ups === 1);
    current.close();
    current.close();
    await expect(current.api('status', 1000)).rejects.toMatchObject({ code: 'switch.link-lost' });
    expect(losses).toEqual([]);
  });
});
