import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const SERVER = 'http://127.0.0.1:8080';

/** The server answers `/call` with the caller's page; the development server must do the same. */
const callerRoute: Plugin = {
  name: 'caller-route',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (request.url === '/call' || request.url?.startsWith('/call?')) request.url = '/caller.html';
      next();
    });
  },
};

export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [react(), callerRoute],
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    rolldownOptions: { input: { index: here('index.html'), caller: here('caller.html') } },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': SERVER, '/socket.io': { target: SERVER, ws: true } },
  },
});
