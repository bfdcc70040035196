import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Workspace } from './workspace.ts';

/** Whatever names a file below a folder `hung*` never returns while the file HANG_FLAG is there. */
const source = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
static void look(const char *path) {
  const char *flag = getenv("HANG_FLAG");
  if (path && strstr(path, "/hung") && flag && access(flag, F_OK) == 0) for (;;) pause();
}
#define OPEN(name) int name(const char *path, int flags, ...) { \\
  va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, int); va_end(rest); look(path); \\
  return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name))(path, flags, mode); }
OPEN(open)
OPEN(open64)
int statx(int at, const char *path, int flags, unsigned mask, struct statx *found) {
  look(path);
  return ((int (*)(int, const char *, int, unsigned, struct statx *))dlsym(RTLD_NEXT, "statx"))(at, path, flags, mask, found);
}
`;

/** The environment of a child whose folders may hang; undefined where nothing compiles C for Linux. */
export function hangingFiles(workspace: Workspace, flag: string): Record<string, string> | undefined {
  if (process.platform !== 'linux') return undefined;
  writeFileSync(workspace.path('hang.c'), source);
  const { status } = spawnSync('cc', ['-shared', '-fPIC', '-o', 'hang.so', 'hang.c', '-ldl'], {
    cwd: workspace.folder,
  });
  return status === 0 ? { LD_PRELOAD: workspace.path('hang.so'), HANG_FLAG: flag } : undefined;
}
