import Forms
import XLSX

/// What `edit` says when a table's header cell no longer agrees with its column, which was left alone.
enum TableHeaderWording {
  /// One line for all of them; `nil` if there are none.
  static func warning(of mismatches: [TableHeaderMismatch]) -> LocalizedText? {
    if mismatches.isEmpty { return nil }
    let zh = mismatches.map { "表“\($0.table)”的列“\($0.column)”（\($0.sheet) \($0.cell)）" }
    let en = mismatches.map { "column \"\($0.column)\" of table \"\($0.table)\" (\($0.sheet) \($0.cell))" }
    return LocalizedText(
      zh: "提醒：改的是表头单元格，\(zh.joined(separator: "、"))的列名没有跟着改，Excel 打开时会提示修复；加上 --rename-columns 可一并改列名",
      en:
        "note: a table's header cell was set and \(en.joined(separator: ", ")) left alone, which Excel will offer to repair; --rename-columns renames the column as well"
    )
  }
}
