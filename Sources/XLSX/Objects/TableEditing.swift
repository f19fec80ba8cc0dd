/// Changes a table that a sheet has: its cells, style, filter and totals (ECMA-376 Part 1, 18.5.1.2). Columns that stay keep
/// what else the file says of them.
struct TableEditing {
  let old: Table
  let new: Table
  let sheet: Worksheet

  private static let order = [
    "autoFilter", "sortState", "tableColumns", "tableStyleInfo", "extLst",
  ]

  func apply(to edits: inout PackageEdits, part: String, relationship: String) throws {
    guard
      let table = try edits.linked(from: part, "table", id: relationship),
      var root = MarkupElement(try edits.bytes(of: table)), old.hasHeaders
    else {
      throw XLSXError(
        .unsupportedChange,
        "The table \(old.name) has no row of headings, or stands in the file in an unusual form; change it in Excel or WPS.",
        part: part, sheet: sheet.name, cell: old.range.first)
    }
    root["ref"] = new.range.description
    root["totalsRowCount"] = new.showsTotals ? "1" : nil
    if old.showsTotals != new.showsTotals { root["totalsRowShown"] = new.showsTotals ? nil : "0" }
    if old.range != new.range { root.remove("sortState") }
    changeFilter(&root)
    if old.range != new.range || old.columns != new.columns || old.showsTotals != new.showsTotals {
      root.changeAll("tableColumns") { _, list in if let known = list { list = columns(like: known) } }
    }
    if let style = new.styleName {
      root.change("tableStyleInfo", order: Self.order) { info in
        info["name"] = style
        if old.styleName == nil { info["showRowStripes"] = "1" }
      }
    } else {
      root.remove("tableStyleInfo")
    }
    edits.set(table, root.bytes)
  }

  private func changeFilter(_ root: inout MarkupElement) {
    guard new.showsFilter else { return root.remove("autoFilter") }
    let last = new.range.last.offset(rows: new.showsTotals ? -1 : 0)
    root.change("autoFilter", order: Self.order) { filter in
      filter["ref"] = CellRange(new.range.first, last).description
      if old.range != new.range { filter.moveColumns(from: old.range, to: new.range) { $0 } }
    }
  }

  private func columns(like list: MarkupElement) -> MarkupElement {
    let known = list.children("tableColumn")
    var highest = known.compactMap { $0.integer("id") }.filter { 0...1 << 30 ~= $0 }.max() ?? known.count
    let kept = Dictionary(firstOf: zip(old.range.columns, known))
    var changed = list
    changed.remove("tableColumn")
    changed.append(
      zip(new.range.columns, new.columns).compactMap { place, name in
        let cell = CellReference(row: new.range.last.row, column: place)
        let total = new.showsTotals ? sheet[cell] : .empty
        guard var column = kept[place] else {
          highest += 1
          let id = highest
          return MarkupElement(prefix: list.prefix) {
            TableXML.appendColumn(name, id: id, total: total, to: &$0)
          }
        }
        if column["name"]?.decodingEscapes != name { column["name"] = PartEditing.encodedName(name) }
        guard old.showsTotals != new.showsTotals else { return column }
        column["totalsRowFunction"] = nil
        column["totalsRowLabel"] = nil
        column.remove("totalsRowFormula")
        guard
          let made = MarkupElement(
            prefix: list.prefix, { TableXML.appendColumn(name, id: 1, total: total, to: &$0) })
        else { return column }
        column["totalsRowFunction"] = made["totalsRowFunction"]
        column["totalsRowLabel"] = made["totalsRowLabel"]
        if let formula = made.child("totalsRowFormula") {
          column.insert(
            formula, order: ["calculatedColumnFormula", "totalsRowFormula", "xmlColumnPr", "extLst"])
        }
        return column
      })
    changed["count"] = String(new.columns.count)
    return changed
  }
}
