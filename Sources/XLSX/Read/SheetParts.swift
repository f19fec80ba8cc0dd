/// Collects what a sheet part holds besides its cells.
///
/// Records that depend on other parts (links, tables) are kept with their relationship id until ``SheetSurroundings`` reads
/// those parts.
final class SheetParts {
  var content = SheetContent()
  /// `r:id`s of the sheet's tables, in order.
  var tables: [String] = []
  /// Links whose target is a relationship.
  var linked: [(cells: CellRange, relationship: String, location: String?, tooltip: String?)] = []
  /// Conditional formats with their priority, of which 1 is the first.
  var conditionalFormats: [(priority: Int, format: ConditionalFormat)] = []
  /// Where in ``conditionalFormats`` a data bar stands that the sheet's extension adds to, by its identifier.
  private var dataBars: [String: Int] = [:]
  let appearances: [ConditionalFormat.Appearance]
  private let wanted: Set<String>?
  private var fitsToPage = false
  /// How many rules of conditional formats, and groups of sparklines, the part has had so far.
  private var (ruleCount, groupCount) = (0, 0)

  /// Elements whose children are records of their own, and may be many.
  private static let lists: Set<String> = [
    "cols", "mergeCells", "dataValidations", "hyperlinks", "rowBreaks", "colBreaks", "tableParts", "extLst",
    "ext",
    "conditionalFormattings", "sparklineGroups",
  ]
  /// Of the extensions, those that are read: Excel 2010 stores rules there that refer to other sheets.
  private static let extensions: Set<String> = [
    "ext", "dataValidations", "dataValidation", "conditionalFormattings", "conditionalFormatting",
    "sparklineGroups",
    "sparklineGroup",
  ]

  /// - Parameters:
  ///   - wanted: The elements of the sheet to look at; all that are known if `nil`.
  ///   - appearances: The `dxf` records of the workbook.
  init(only wanted: Set<String>? = nil, appearances: [ConditionalFormat.Appearance] = []) {
    self.wanted = wanted
    self.appearances = appearances
  }

  func visit(_ element: XMLElement, _ path: [String]) throws -> XMLWalker.Choice {
    if path.isEmpty { return .enter }
    if path.count == 1, wanted?.contains(element.name) == false { return .skip }
    if path.count > 1, path[1] == "extLst", !Self.extensions.contains(element.name) { return .skip }
    return Self.lists.contains(element.name) ? .enter : .collect
  }

  func take(_ element: XMLElement, _ path: [String]) throws {
    switch element.name {
    case "mergeCell":
      if let range = element.range("ref"), !range.isSingleCell { content.merges.append(range) }
    case "col": appendColumns(element)
    case "sheetPr":
      content.tabColor = element.child("tabColor").flatMap { Color(element: $0) }
      fitsToPage = element.child("pageSetUpPr")?.flag("fitToPage") ?? false
      // One page each way, unless the page's set-up says more.
      if fitsToPage { content.pageSetup.scaling = .fit(width: 1, height: 1) }
    case "sheetFormatPr":
      content.defaultRowHeight = element.number("defaultRowHeight")
      content.defaultColumnWidth = element.number("defaultColWidth")
    case "sheetViews":
      if let view = element.child("sheetView") { content.view = SheetView(element: view) }
    case "sheetProtection": content.protection = SheetProtection(element: element)
    case "autoFilter":
      content.autoFilter = element.range("ref")
      if element.filtersRows, let range = content.autoFilter {
        content.activeFilters.append(range)
      }
    case "dataValidation":
      if let validation = DataValidation(element: element) { content.validations.append(validation) }
    case "conditionalFormatting": appendConditionalFormats(element)
    case "sparklineGroup":
      if var group = SparklineGroup(element: element) {
        group.origin.mark = .init(place: groupCount)
        content.sparklines.append(group)
      }
      groupCount += 1
    case "hyperlink": appendLink(element)
    case "tablePart":
      if let id = element["id", .officeRelationships] { tables.append(id) }
    default: takePrint(element, path)
    }
  }

  private func takePrint(_ element: XMLElement, _ path: [String]) {
    switch element.name {
    case "printOptions": content.pageSetup.take(options: element)
    case "pageMargins": content.pageSetup.margins = PageSetup.Margins(element: element)
    case "pageSetup": content.pageSetup.take(page: element, fitsToPage: fitsToPage)
    case "headerFooter": content.pageSetup.take(headers: element)
    case "brk":
      guard let place = element.integer("id"), place > 0 else { return }
      if path.last == "rowBreaks" {
        content.pageSetup.rowBreaks.append(place)
      } else {
        content.pageSetup.columnBreaks.append(place)
      }
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

  private func appendLink(_ element: XMLElement) {
    guard let cells = element.range("ref") else { return }
    let tooltip = element["tooltip"]
    if let id = element["id", .officeRelationships], !id.isEmpty {
      linked.append((cells, id, element["location"], tooltip))
    } else if let location = element["location"] {
      setLink(Hyperlink(.location(location), tooltip: tooltip), for: cells)
    }
  }

  /// How many cells at most get the link of their range.
  static let maximumLinkedCells = 1024

  /// Gives a link to the cells of a range; of a range larger than anyone clicks through, to its first cell.
  func setLink(_ link: Hyperlink, for cells: CellRange) {
    let range = cells.count <= Self.maximumLinkedCells ? cells : CellRange(cells.first)
    for row in range.rows {
      for column in range.columns { content.hyperlinks[CellReference(row: row, column: column)] = link }
    }
  }

  private func appendConditionalFormats(_ element: XMLElement) {
    let ranges = element.ranges
    for child in element.children("cfRule") {
      defer { ruleCount += 1 }
      guard !ranges.isEmpty, let rule = ConditionalFormat.Rule(element: child, appearances: appearances)
      else { continue }
      if case .dataBar(let bar) = rule, take(bar, of: child) { continue }
      var format = ConditionalFormat(ranges, rule, stopsIfTrue: child.flag("stopIfTrue") ?? false)
      format.origin.mark = .init(place: ruleCount)
      conditionalFormats.append((child.integer("priority") ?? Int.max, format))
    }
  }

  /// Notes where a data bar of the sheet will stand, or completes it with what the extension says.
  ///
  /// - Returns: Whether the bar only added to one that is there.
  private func take(_ bar: DataBar, of rule: XMLElement) -> Bool {
    guard rule.namespace == .x14 else {
      let extensions = rule.child("extLst")?.children("ext") ?? []
      if let id = extensions.lazy.compactMap({ $0.child("id")?.text.trimmingXMLSpace }).first {
        dataBars[id] = conditionalFormats.count
      }
      return false
    }
    guard let id = rule["id"], let place = dataBars[id], conditionalFormats.indices.contains(place),
      case .dataBar(let base) = conditionalFormats[place].format.rule
    else { return false }
    conditionalFormats[place].format.rule = .dataBar(base.completed(by: bar))
    return true
  }
}

extension XMLElement {
  /// A range attribute; `nil` if it is absent or no range inside the grid.
  func range(_ attribute: String) -> CellRange? { self[attribute].flatMap { CellRange($0.trimmingXMLSpace) } }

  /// The ranges of `sqref`, which an extension keeps in an element instead of an attribute.
  var ranges: [CellRange] {
    let text = self["sqref"] ?? child("sqref")?.text ?? ""
    return text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }.compactMap { CellRange($0) }
  }
}

extension XMLElement {
  /// Whether an `autoFilter` hides rows: a column of it has criteria, not only a button that is hidden.
  var filtersRows: Bool { children.contains { $0.name == "filterColumn" && !$0.children.isEmpty } }
}
