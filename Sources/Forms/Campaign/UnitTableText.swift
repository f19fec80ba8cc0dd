import XLSX

/// A table of text (`.csv`, as Excel and WPS save it: UTF-8 or GB18030) as the list of mappings that it stands for.
enum UnitTableText {
  /// - Parameter columns: What each heading means: `单位` → `name`. Columns with other headings are refused, as a mistyped
  ///   heading would lose what stands below it.
  static func read(_ bytes: [UInt8], file: String, columns: [String: String]) throws -> YAMLNode {
    func failure(_ line: Int, _ zh: String, _ en: String) -> FormsError {
      FormsError(.campaign, LocalizedText(zh: zh, en: en), file: file, line: line)
    }
    guard var text = TextDecoding.text(of: bytes[...]) else {
      throw failure(1, "文字编码无法识别，请另存为 UTF-8 的 .csv", "unknown character set; save it as UTF-8 .csv")
    }
    let delimiter = text.withUTF8 { CSVDelimiter($0) }
    var records = RecordList()
    var scanner = CSVScanner(delimiter: delimiter.byte)
    try text.withUTF8 { bytes in
      let body = UnsafeRawBufferPointer(bytes)[delimiter.markLength...]
      _ = try scanner.scan(UnsafeRawBufferPointer(rebasing: body), isLast: true, into: &records)
    }
    guard let head = records.rows.first else { throw failure(1, "没有内容", "the file is empty") }
    let keys: [String?] = try head.map { heading in
      if heading.isEmpty { return nil }
      guard let key = columns[LabelText.key(heading)] else {
        let known = Set(columns.keys).sorted().joined(separator: "、")
        throw failure(1, "不认识的列“\(heading)”；可用：\(known)", "unknown column \"\(heading)\"; known: \(known)")
      }
      return key
    }
    if let twice = keys.compactMap(\.self).first(where: { key in keys.count { $0 == key } > 1 }) {
      throw failure(1, "有两列都是“\(twice)”", "two columns are \"\(twice)\"")
    }
    var entries: [YAMLNode] = []
    for (index, row) in records.rows.enumerated().dropFirst() {
      let line = index + 1
      let values = zip(keys, row).compactMap { key, word -> YAMLEntry? in
        guard let key, !word.isEmpty else { return nil }
        return YAMLEntry(
          key: key, keyLine: line, value: YAMLNode(.scalar(word, isPlain: false), file: file, line: line))
      }
      if !values.isEmpty { entries.append(YAMLNode(.mapping(values), file: file, line: line)) }
    }
    return YAMLNode(.sequence(entries), file: file, line: 1)
  }
}

private struct RecordList: CSVConsumer {
  var rows: [[String]] = []
  private var row: [String] = []

  mutating func field(_ bytes: UnsafeRawBufferPointer) {
    var word = String(decoding: bytes, as: UTF8.self)
    // ="0391" is how Excel is made to keep a leading zero.
    if word.hasPrefix("=\""), word.hasSuffix("\""), word.utf8.count > 2 {
      word = String(word.dropFirst(2).dropLast())
    }
    row.append(word.trimmingBlanks)
  }

  mutating func endRecord() {
    rows.append(row)
    row = []
  }
}

extension String {
  /// Without white space at both ends.
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
