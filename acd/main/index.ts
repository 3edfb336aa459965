import { loadEnv } from '../../config/env.ts';
import { run } from './run.ts';

// The environment first, before anything that costs time or opens a socket.
await run(loadEnv());
