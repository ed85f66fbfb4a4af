/** Server settings by name, as postgres takes them with -c. */
export type ServerSettings = Readonly<Record<string, string>>;

/**
 * For one machine that runs the whole product. Durability is PostgreSQL's default and stays on:
 * a message is acknowledged only because its commit is on the disk.
 */
export const SERVER_SETTINGS: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '60',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  // pglz is all that these binaries have: half as much CPU again, and no smaller log, for mail.
  wal_compression: 'off',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A file per weekday, each overwritten a week later: the log never fills the disk.
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgresql-%a.log',
  log_rotation_age: '1d',
  log_truncate_on_rotation: 'on',
};

/** Bytes: what a process of PostgreSQL frees stays with it until so much lies free at the end of its heap. */
const KEPT_BYTES = (8 * 1024 * 1024).toString();

/**
 * For glibc's allocator. As it is, it gives the memory of each row of 1 MB back to the kernel, and asks for the
 * next one's page by page: half of the processor time that storing originals takes PostgreSQL
 * (docs/benchmarks.md). Both are needed: either one ends the allocator's own adjusting of the other.
 * https://man7.org/linux/man-pages/man3/mallopt.3.html
 */
export const SERVER_ENVIRONMENT = {
  MALLOC_MMAP_THRESHOLD_: KEPT_BYTES,
  MALLOC_TRIM_THRESHOLD_: KEPT_BYTES,
};
