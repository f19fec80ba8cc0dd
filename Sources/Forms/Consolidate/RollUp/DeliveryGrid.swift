import XLSX

/// The sheet `报送情况` of an older workbook: who filled each form in, and when.
public struct DeliveryGrid: Sendable {
  public struct Head: Hashable, Sendable {
    public var filledOn: CalendarDate?
    public var filledBy: String?
    public var phone: String?

    public init() {}
  }

  private struct Key: Hashable {
    var unit: String
    var form: String
  }

  private var heads: [Key: Head] = [:]
  /// Who reports without being one of those that owe.
  private var outside: Set<String> = []

  /// `nil` if the sheet's headings are not those of such a sheet.
  init?(_ grid: Grid) {
    guard let row = (1...20).first(where: { grid.words(inRow: $0).values.contains("填报时间") }), row > 1 else {
      return nil
    }
    let groups = grid.words(inRow: row - 1)
    let headings = grid.words(inRow: row)
    guard let unitColumn = groups.first(where: { $0.value == "单位" })?.key else { return nil }
    // A form's group begins at the column where its label stands, `附件2（2024-11-20截止）`, and ends before the next.
    let starts = groups.keys.filter { $0 > unitColumn }.sorted()
    var next = row + 1
    while let unit = grid.cells[CellReference(row: next, column: unitColumn)]?.value.words, !unit.isEmpty {
      if grid.cells[CellReference(row: next, column: max(1, unitColumn - 1))]?.value.words
        == UnitTable.outsideMark
      {
        outside.insert(unit)
      }
      for (position, start) in starts.enumerated() {
        let end = position + 1 < starts.count ? starts[position + 1] : start + 64
        let label = groups[start]?.split(separator: "（").first.map(String.init) ?? ""
        var head = Head()
        for column in start..<end {
          guard let heading = headings[column],
            let word = grid.cells[CellReference(row: next, column: column)]?.value.words, !word.isEmpty,
            word != "—"
          else { continue }
          switch heading {
          case "填报时间": head.filledOn = CalendarDate(iso: word)
          case "填报人": head.filledBy = word
          case "联系电话": head.phone = word
          default: break
          }
        }
        heads[Key(unit: unit, form: label)] = head
      }
      next += 1
    }
  }

  func isOutside(_ unit: String) -> Bool { outside.contains(unit) }

  func head(ofUnit unit: String, form label: String) -> Head? { heads[Key(unit: unit, form: label)] }
}
