import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

const SERVER = 'http://localhost:3000'; // where `npm run dev` of the whole house listens
const SIMULATOR = 'http://localhost:4400'; // where `npm run simulator` listens, for the page of the phones

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react(), precompress()],
  build: {
    // `light-dark()` as it is written: rewritten for older browsers it would no longer follow Mantine's colour scheme
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    outDir: 'dist',
    emptyOutDir: true,
    // The server's policy forbids inline scripts; every browser that runs React 19 preloads modules by itself
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { app: 'index.html', probe: 'probe.html', phone: 'phone.html', 'service-worker': 'src/service-worker.ts' },
      // A service worker rules the folder that it lies in, and keeps its name so that browsers find the next one
      output: {
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': SERVER, '/_': { target: SIMULATOR, changeOrigin: true } } },
});
