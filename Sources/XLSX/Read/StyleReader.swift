/// What the styles part holds (ECMA-376 Part 1, 18.8).
struct StyleSheet {
  /// The style of every index that a cell can name.
  var styles: [Style] = []
  /// The appearances that conditional formats name.
  var appearances: [ConditionalFormat.Appearance] = []
}

/// Reads the styles part. What a damaged or minimal one lacks is the default.
struct StyleReader {
  private var numberFormats: [Int: NumberFormat] = [:]
  private var fonts: [Font] = []
  private var fills: [Fill] = []
  private var borders: [Borders] = []
  private var formats: [XMLElement] = []
  private var appearances: [ConditionalFormat.Appearance] = []

  private static let tables: Set<String> = ["numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs"]

  static func read(_ package: Package, part: String) throws -> StyleSheet {
    let reader = Box(StyleReader())
    try package.walk(part) { element, path in
      switch path.count {
      case 0: .enter
      case 1: tables.contains(element.name) ? .enter : .skip
      default: .collect
      }
    } collected: { element, path in
      reader.value.take(element, in: path.last ?? "")
    }
    return reader.value.styleSheet()
  }

  private mutating func take(_ element: XMLElement, in table: String) {
    switch table {
    case "numFmts":
      if let id = element.integer("numFmtId"), let code = element["formatCode"] {
        numberFormats[id] = NumberFormat(code.decodingEscapes)
      }
    case "fonts": fonts.append(Font(element: element))
    case "fills": fills.append(Fill(element: element))
    case "borders": borders.append(Borders(element: element))
    case "cellXfs": formats.append(element)
    case "dxfs": appearances.append(ConditionalFormat.Appearance(element: element))
    default: break
    }
  }

  private func styleSheet() -> StyleSheet {
    StyleSheet(styles: formats.map(style), appearances: appearances)
  }

  private func style(_ format: XMLElement) -> Style {
    var style = Style()
    style.font = item(format.integer("fontId") ?? 0, of: fonts) ?? style.font
    style.fill = item(format.integer("fillId") ?? 0, of: fills) ?? style.fill
    style.borders = item(format.integer("borderId") ?? 0, of: borders) ?? style.borders
    let id = format.integer("numFmtId") ?? 0
    style.numberFormat = numberFormats[id] ?? NumberFormat.builtIn(id) ?? .general
    if let alignment = format.child("alignment") { style.alignment = Alignment(element: alignment) }
    if let protection = format.child("protection") {
      style.protection = Style.Protection(
        isLocked: protection.flag("locked") ?? true, hidesFormula: protection.flag("hidden") ?? false)
    }
    return style
  }

  private func item<Item>(_ index: Int, of items: [Item]) -> Item? {
    items.indices.contains(index) ? items[index] : nil
  }
}

/// A value that closures share.
final class Box<Value> {
  var value: Value
  init(_ value: Value) { self.value = value }
}
