// The least that reading a workbook's largest part can take: floor FILE COPY
// Prints the seconds to inflate it through libzip, to inflate it with libdeflate, and to scan it for its cells; and
// writes a copy of the workbook that is not compressed.
#include <libdeflate.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zip.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char *what) {
  fprintf(stderr, "floor: %s\n", what);
  exit(1);
}

// Every cell's column and row, and the value of every cell whose value is a whole number.
static uint64_t scan(const char *at, const char *end) {
  uint64_t sum = 0;
  while ((at = memchr(at, '<', (size_t)(end - at))) && end - at > 8) {
    at++;
    if (at[0] == 'c' && at[1] == ' ') {
      at += 2;
      if (at[0] == 'r' && at[1] == '=') {
        uint64_t column = 0, row = 0;
        for (at += 3; at < end && *at >= 'A' && *at <= 'Z'; at++) column = column * 26 + (uint64_t)(*at - 'A' + 1);
        for (; at < end && *at >= '0' && *at <= '9'; at++) row = row * 10 + (uint64_t)(*at - '0');
        sum += column ^ row;
      }
    } else if (at[0] == 'v' && at[1] == '>') {
      uint64_t value = 0;
      for (at += 2; at < end && *at >= '0' && *at <= '9'; at++) value = value * 10 + (uint64_t)(*at - '0');
      sum += value;
    }
  }
  return sum;
}

int main(int argc, char **argv) {
  if (argc != 3) return 64;
  zip_t *zip = zip_open(argv[1], ZIP_RDONLY, NULL);
  if (!zip) fail("no zip");
  zip_stat_t largest = {0};
  for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
    zip_stat_t stat;
    if (zip_stat_index(zip, (zip_uint64_t)i, 0, &stat) == 0 && stat.size > largest.size) largest = stat;
  }
  char *raw = malloc(largest.comp_size), *part = malloc(largest.size);
  if (!raw || !part) fail("no memory");
  memset(part, 0, largest.size);

  double began = now();
  zip_file_t *file = zip_fopen_index(zip, largest.index, 0);
  zip_int64_t count;
  while (file && (count = zip_fread(file, part, 1 << 17)) > 0) {}
  zip_fclose(file);
  double zlib = now() - began;

  file = zip_fopen_index(zip, largest.index, ZIP_FL_COMPRESSED);
  if (!file || zip_fread(file, raw, largest.comp_size) != (zip_int64_t)largest.comp_size) fail("no raw entry");
  zip_fclose(file);
  began = now();
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
  size_t size = 0;
  if (libdeflate_deflate_decompress(inflater, raw, largest.comp_size, part, largest.size, &size)) fail("damaged");
  double deflate = now() - began;

  began = now();
  volatile uint64_t sum = scan(part, part + size);
  (void)sum;
  printf("%.4f %.4f %.4f %zu\n", zlib, deflate, now() - began, size);

  zip_t *copy = zip_open(argv[2], ZIP_CREATE | ZIP_TRUNCATE, NULL);
  if (!copy) fail("no copy");
  for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
    zip_source_t *source = zip_source_zip(copy, zip, (zip_uint64_t)i, 0, 0, -1);
    zip_int64_t entry = source ? zip_file_add(copy, zip_get_name(zip, (zip_uint64_t)i, 0), source, 0) : -1;
    if (entry < 0 || zip_set_file_compression(copy, (zip_uint64_t)entry, ZIP_CM_STORE, 0)) fail("no copy");
  }
  return zip_close(copy) == 0 ? 0 : 1;
}
