import XLSX

/// The rows of a sheet of an OpenDocument spreadsheet, in which equal neighbours are written once with a count.
struct OpenDocumentRows {
  private struct Row {
    var element: Int
    var rows: ClosedRange<Int>
  }

  private let content: MarkupEditor
  private var rows: [Row] = []
  private var columnStyles: [(columns: ClosedRange<Int>, style: String)] = []

  init(table: Int, in content: MarkupEditor) {
    self.content = content
    var row = 1
    var column = 1
    collect(table, &row, &column)
  }

  private static let groups: Set<String> = [
    "table-rows", "table-header-rows", "table-row-group", "table-columns", "table-header-columns",
    "table-column-group",
  ]

  private mutating func collect(_ parent: Int, _ row: inout Int, _ column: inout Int) {
    for element in content.elements[parent].children {
      switch content.elements[element].name {
      case "table-row":
        let count = Self.count(
          "number-rows-repeated", of: element, in: content, limit: CellReference.maximumRow)
        rows.append(Row(element: element, rows: row...(row + count - 1)))
        row = min(row + count, 2 * CellReference.maximumRow)
      case "table-column":
        let count = Self.count(
          "number-columns-repeated", of: element, in: content, limit: CellReference.maximumColumn)
        if let style = content.attribute("default-cell-style-name", of: element) {
          columnStyles.append((column...(column + count - 1), style))
        }
        column = min(column + count, 2 * CellReference.maximumColumn)
      case let name where Self.groups.contains(name): collect(element, &row, &column)
      default: continue
      }
    }
  }

  /// A count of a file: at least 1, at most what a sheet has.
  private static func count(_ name: String, of element: Int, in content: MarkupEditor, limit: Int) -> Int {
    min(max(1, content.attribute(name, of: element).flatMap { Int($0) } ?? 1), limit)
  }

  /// Marks cells. A row that is written once for many is written apart where one of them is marked.
  func apply(
    _ marks: [OpenDocumentEditor.Mark], to target: inout MarkupEditor, styles: inout OpenDocumentStyleCopies
  ) {
    for row in rows {
      let own = marks.filter { row.rows.contains($0.cell.row) }
      if own.isEmpty { continue }
      var xml = ""
      var next = row.rows.lowerBound
      for (number, marks) in Dictionary(grouping: own, by: \.cell.row).sorted(by: { $0.key < $1.key }) {
        if number > next { xml += source(of: row, count: number - next, marks: [], &styles) }
        xml += source(of: row, count: 1, marks: marks, &styles)
        next = number + 1
      }
      if next <= row.rows.upperBound {
        xml += source(of: row, count: row.rows.upperBound - next + 1, marks: [], &styles)
      }
      target.replace(content.elements[row.element].range, with: xml)
    }
  }

  private func source(
    of row: Row, count: Int, marks: [OpenDocumentEditor.Mark], _ styles: inout OpenDocumentStyleCopies
  ) -> String {
    let element = content.elements[row.element]
    let rowStyle = content.attribute("default-cell-style-name", of: row.element)
    var xml = openTag(of: row.element, [("table:number-rows-repeated", count > 1 ? String(count) : nil)])
    var position = element.start.upperBound
    var column = 1
    var rest = marks
    for cell in element.children {
      let found = content.elements[cell]
      xml += content.source(position..<found.start.lowerBound)
      position = found.range.upperBound
      guard found.name == "table-cell" || found.name == "covered-table-cell" else {
        xml += content.source(found.range)
        continue
      }
      let count = Self.count(
        "number-columns-repeated", of: cell, in: content, limit: CellReference.maximumColumn)
      let columns = column...(column + count - 1)
      column = columns.upperBound + 1
      let own = rest.filter { columns.contains($0.cell.column) }.sorted { $0.cell.column < $1.cell.column }
      rest.removeAll { columns.contains($0.cell.column) }
      var next = columns.lowerBound
      for mark in own where mark.cell.column >= next {
        if mark.cell.column > next { xml += source(of: cell, count: mark.cell.column - next, styles) }
        let style =
          content.attribute("style-name", of: cell) ?? rowStyle ?? defaultStyle(mark.cell.column)
        xml += source(of: cell, marked: mark, styles.copy(of: style, color: mark.color), styles)
        next = mark.cell.column + 1
      }
      if next <= columns.upperBound { xml += source(of: cell, count: columns.upperBound - next + 1, styles) }
    }
    // Cells behind the last one that is written.
    for mark in rest.sorted(by: { $0.cell.column < $1.cell.column }) where mark.cell.column >= column {
      if mark.cell.column > column {
        xml += "<table:table-cell table:number-columns-repeated=\"\(mark.cell.column - column)\"/>"
      }
      let style = styles.copy(of: rowStyle ?? defaultStyle(mark.cell.column), color: mark.color)
      xml += "<table:table-cell table:style-name=\"\(style)\">\(mark.comment.xml)</table:table-cell>"
      column = mark.cell.column + 1
    }
    if !element.isEmpty { xml += content.source(position..<element.end.lowerBound) }
    return xml + "</\(element.prefix)\(element.name)>"
  }

  private func defaultStyle(_ column: Int) -> String? {
    columnStyles.first { $0.columns.contains(column) }?.style
  }

  /// A start tag with attributes set, never that of an empty element.
  private func openTag(of element: Int, _ attributes: [(String, String?)]) -> String {
    let found = content.elements[element]
    let close = "</\(found.prefix)\(found.name)>"
    let whole = found.isEmpty ? content.source(found.start) : content.source(found.start) + close
    guard var editor = try? MarkupEditor(Array(whole.utf8), name: "content.xml") else { return whole }
    for (name, value) in attributes { editor.set(name, value, of: 0) }
    var tag = String(decoding: editor.bytes(), as: UTF8.self)
    if found.isEmpty {
      tag.removeLast(2)
      return tag + ">"
    }
    return String(tag.dropLast(close.count))
  }

  /// A cell that stands for so many neighbours.
  private func source(of cell: Int, count: Int, _ styles: OpenDocumentStyleCopies) -> String {
    let found = content.elements[cell]
    let isWhole =
      count
      == Self.count("number-columns-repeated", of: cell, in: content, limit: CellReference.maximumColumn)
    if isWhole, styles.cleaner == nil { return content.source(found.range) }
    return openTag(of: cell, [("table:number-columns-repeated", count > 1 ? String(count) : nil)])
      + inner(of: cell, styles, comment: nil) + "</\(found.prefix)\(found.name)>"
  }

  private func source(
    of cell: Int, marked mark: OpenDocumentEditor.Mark, _ style: String, _ styles: OpenDocumentStyleCopies
  ) -> String {
    let found = content.elements[cell]
    return openTag(of: cell, [("table:number-columns-repeated", nil), ("table:style-name", style)])
      + inner(of: cell, styles, comment: mark.comment) + "</\(found.prefix)\(found.name)>"
  }

  /// What stands in a cell, with a comment or without an earlier return's.
  private func inner(of cell: Int, _ styles: OpenDocumentStyleCopies, comment: OpenDocumentComment?) -> String
  {
    let found = content.elements[cell]
    guard !found.isEmpty else { return comment?.xml ?? "" }
    guard let annotation = content.child("annotation", of: cell) else {
      return (comment?.xml ?? "") + content.source(found.start.upperBound..<found.end.lowerBound)
    }
    let range = content.elements[annotation].range
    var kept = styles.cleaner?.cleaned(annotation, in: content) ?? content.source(range)
    if let comment { kept = kept.isEmpty ? comment.xml : comment.appended(to: kept) }
    return content.source(found.start.upperBound..<range.lowerBound) + kept
      + content.source(range.upperBound..<found.end.lowerBound)
  }
}
