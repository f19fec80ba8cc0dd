/// Collects what a sheet part holds besides its cells.
final class SheetParts {
  private(set) var content = SheetContent()

  /// Elements whose children are records of their own, and may be many.
  private static let lists: Set<String> = ["cols", "mergeCells"]

  private let wanted: Set<String>?

  /// - Parameter wanted: The elements of the sheet to look at; all that are known if `nil`.
  init(only wanted: Set<String>? = nil) { self.wanted = wanted }

  func visit(_ element: XMLElement, _ path: [String]) throws -> XMLWalker.Choice {
    switch path.count {
    case 0: .enter
    case 1 where wanted?.contains(element.name) == false: .skip
    case 1: Self.lists.contains(element.name) ? .enter : .collect
    default: .collect
    }
  }

  func take(_ element: XMLElement, _ path: [String]) throws {
    switch element.name {
    case "mergeCell":
      if let range = element["ref"].flatMap({ CellRange($0.trimmingXMLSpace) }), !range.isSingleCell {
        content.merges.append(range)
      }
    case "col": appendColumns(element)
    case "sheetFormatPr":
      content.defaultRowHeight = element.number("defaultRowHeight")
      content.defaultColumnWidth = element.number("defaultColWidth")
    default: break
    }
  }

  private func appendColumns(_ element: XMLElement) {
    guard let first = element.integer("min"), first <= CellReference.maximumColumn else { return }
    let last = min(element.integer("max") ?? first, CellReference.maximumColumn)
    // Runs must not overlap; of two that do, the first keeps the columns.
    let start = max(1, first, (content.columns.last?.range.upperBound ?? 0) + 1)
    guard start <= last else { return }
    var settings = ColumnSettings()
    settings.width = element.number("width")
    settings.isHidden = element.flag("hidden") ?? false
    settings.outlineLevel = max(0, min(7, element.integer("outlineLevel") ?? 0))
    settings.isCollapsed = element.flag("collapsed") ?? false
    settings.style = element.integer("style").flatMap { $0 >= 0 ? $0 : nil }
    content.columns.append((start...last, settings))
  }
}
