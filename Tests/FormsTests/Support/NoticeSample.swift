import Forms

/// Notices in Word for tests, paragraph by paragraph.
enum NoticeSample {
  enum Part {
    case text(String)
    /// Rows of cells; `nil` is covered by the cell above, "←" by the one at its left.
    case table([[String?]])
  }

  static func word(_ parts: [Part]) -> [UInt8] {
    let body = parts.map { part in
      switch part {
      case .text(let text): paragraph(text)
      case .table(let rows): table(rows)
      }
    }.joined()
    return StoredZip([
      (Array("[Content_Types].xml".utf8), Array("<Types>wordprocessingml.document.main+xml</Types>".utf8)),
      (
        Array("word/document.xml".utf8),
        Array("<w:document xmlns:w=\"w\"><w:body>\(body)</w:body></w:document>".utf8)
      ),
    ]).bytes
  }

  private static func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

  private static func table(_ rows: [[String?]]) -> String {
    let lines = rows.enumerated().map { number, row -> String in
      var cells = ""
      for (column, cell) in row.enumerated() where cell != "←" {
        let span = row[(column + 1)...].prefix { $0 == "←" }.count + 1
        let reaches =
          number + 1 < rows.count && rows[number + 1].indices.contains(column)
          && rows[number + 1][column] == nil
        let merge = cell == nil ? "<w:vMerge/>" : reaches ? "<w:vMerge w:val=\"restart\"/>" : ""
        cells +=
          "<w:tc><w:tcPr>\(span > 1 ? "<w:gridSpan w:val=\"\(span)\"/>" : "")\(merge)</w:tcPr>\(paragraph(cell ?? ""))</w:tc>"
      }
      return "<w:tr>\(cells)</w:tr>"
    }
    return "<w:tbl>\(lines.joined())</w:tbl>"
  }
}
