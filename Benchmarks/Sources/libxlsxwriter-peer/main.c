// The 20-column job by libxlsxwriter in constant-memory mode: libxlsxwriter-peer FILE ROWS
// Its cells are those of Workload.swift.
#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

static const char *names[] = {"沁阳市总工会", "孟州市总工会", "博爱县总工会", "武陟县总工会",
                              "温县总工会",   "解放区总工会", "已完成",       "未开展"};

int main(int argc, char **argv) {
  if (argc != 3) return 64;
  long rows = atol(argv[2]);
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  lxw_workbook *book = workbook_new_opt(argv[1], &options);
  lxw_format *date = workbook_add_format(book);
  format_set_num_format(date, "yyyy-mm-dd");
  lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
  char text[64];
  for (long row = 0; row < rows; row++) {
    for (long column = 0; column < 12; column++) {
      long seed = row * 7919 + column * 104729;
      double number = column % 2 ? (double)(seed % 100001) : (double)(seed * 31 % 1000000007) / 1e6;
      worksheet_write_number(sheet, row, column, number, NULL);
    }
    for (long column = 12; column < 16; column++)
      worksheet_write_string(sheet, row, column, names[(row * 7 + column) % 8], NULL);
    for (long column = 16; column < 18; column++) {
      snprintf(text, sizeof text, "编号-%ld-%ld-%ld", row, column, row * 7919 % 10000);
      worksheet_write_string(sheet, row, column, text, NULL);
    }
    worksheet_write_number(sheet, row, 18, (double)(45000 + row % 365), date);
    worksheet_write_boolean(sheet, row, 19, row % 2 == 0, NULL);
  }
  return workbook_close(book);
}
