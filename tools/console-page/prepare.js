/**
 * npm runs this after an install in a clone. Where the makers' packages were left out there is nothing to build with:
 * the service works without the page, and says so.
 */
try {
  await import('./main.ts');
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
  console.log("the console's page was not built: npm run build:page builds it once the devDependencies are there");
}
