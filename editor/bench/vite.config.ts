import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Beside the product's own pages, and never delivered: what React Flow alone costs. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { rolldownOptions: { input: { bare: 'bare.html' } } },
});
