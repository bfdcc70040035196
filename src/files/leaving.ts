/**
 * What programs leave beside the files that people edit: the lock of Office (`~$x.xlsx`) and of LibreOffice
 * (`.~lock.x#`), swap files and copies of editors (`.x.swp`, `x~`, `#x#`), and the notes of Finder and Explorer.
 */
export function isLeaving(name: string): boolean {
  return name.startsWith('.') || /^~\$|~$|^#.*#$|\.(?:sw[a-p]|tmp|part)$|^(?:thumbs\.db|desktop\.ini)$/i.test(name);
}
