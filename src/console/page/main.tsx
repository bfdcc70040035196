import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { forgetWithSession } from './account/sign-out.ts';
import { App } from './app.tsx';
import { keptScheme, showScheme } from './shell/scheme.ts';

showScheme(keptScheme());

forgetWithSession();

const place = document.getElementById('page');
if (place !== null)
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
