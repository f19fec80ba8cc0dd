/// Receives libxml2's events of a sheet part and builds its records: the reference for the byte scanner, and the parser of
/// every sheet that is not written plainly.
///
/// Elements outside `sheetData` go to a walker, if there is one.
final class SheetHandler: XMLHandler {
  var builder: SheetBuilder
  private let walker: XMLWalker?

  private enum Place {
    case outside, other, sheetData, row, cell, value, formula, inline
    /// Inside an element that means nothing here.
    case ignored
  }

  private var places: [Place] = []
  private var hasBegunData = false
  private var isRowResumed = false
  private var text = ByteArena()
  private var hasValue = false
  private var hasMetadata = false
  private var isDynamic = false
  private var formulaType = SheetBuilder.FormulaType.normal
  private var formulaIndex: Int?
  private var formulaRange: CellRange?
  private var inline: InlineText?

  init(dateSystem: DateSystem, walker: XMLWalker?) {
    builder = SheetBuilder(dateSystem: dateSystem)
    self.walker = walker
  }

  /// A handler that holds a batch and reads nothing more.
  init(frozen builder: consuming SheetBuilder) {
    self.builder = builder
    walker = nil
  }

  /// Whether the last event was the start of `sheetData`: then rows come next.
  var isAtRows: Bool { places.last == .sheetData }

  /// Makes the next `<row>` go on with the row that the builder is in, instead of beginning one.
  func resumeRow() { isRowResumed = true }

  func start(_ element: XMLStart) throws {
    switch places.last ?? .outside {
    case .outside:
      guard element.name == "worksheet" || element.name == "dialogsheet" || element.name == "macrosheet"
      else {
        throw XLSXError(
          .malformedPart,
          "This part holds no worksheet but “\(String(decoding: element.name, as: UTF8.self))”.")
      }
      places.append(.other)
      try walker?.start(element)
    case .other:
      if places.count == 1, element.name == "sheetData", isMain(element), !hasBegunData {
        hasBegunData = true
        places.append(.sheetData)
      } else {
        places.append(.other)
        try walker?.start(element)
      }
    case .sheetData:
      if element.name == "row", isMain(element) {
        if isRowResumed { isRowResumed = false } else { try beginRow(element.attributes) }
        places.append(.row)
      } else {
        places.append(.ignored)
      }
    case .row:
      if element.name == "c", isMain(element) {
        try beginCell(element.attributes)
        places.append(.cell)
      } else {
        places.append(.ignored)
      }
    case .cell:
      try startInCell(element)
    case .inline:
      try inline?.start(element)
      places.append(.inline)
    case .value, .formula, .ignored:
      places.append(.ignored)
    }
  }

  func end() throws {
    switch places.popLast() ?? .outside {
    case .other: try walker?.end()
    case .row: builder.endRow()
    case .cell:
      try builder.endCell()
      if hasMetadata { builder.markMetadata() }
      if isDynamic { builder.markDynamic() }
    case .value:
      try builder.setValue(text.bytes(at: 0, count: text.count))
      hasValue = true
    case .formula:
      builder.setFormula(
        type: formulaType, sharedIndex: formulaIndex, range: formulaRange,
        text: text.bytes(at: 0, count: text.count))
    case .inline:
      if places.last == .cell { finishInline() } else { inline?.end() }
    case .outside, .sheetData, .ignored: break
    }
  }

  func text(_ bytes: XMLBytes) throws {
    switch places.last {
    case .value, .formula: text.append(bytes)
    case .inline: inline?.text(bytes)
    case .other: try walker?.text(bytes)
    default: break
    }
  }

  private func isMain(_ element: XMLStart) -> Bool {
    element.namespace == .main || element.namespace == .none
  }

  private func beginRow(_ attributes: XMLAttributes) throws {
    var number: Int?
    for index in 0..<attributes.count
    where attributes[index].name == "r" && attributes[index].namespace == .none {
      let value = attributes[index].escapedValue
      number = SheetBuilder.integer(value)
      if number == nil { throw SheetBuilder.outside("row “\(String(decoding: value, as: UTF8.self))”") }
    }
    try builder.beginRow(number)
    for index in 0..<attributes.count where attributes[index].namespace == .none {
      builder.rowAttribute(attributes[index].name, attributes[index].escapedValue)
    }
  }

  private func beginCell(_ attributes: XMLAttributes) throws {
    var row = builder.currentRow
    var column = builder.currentColumn + 1
    var style: UInt32 = 0
    var type = SheetBuilder.ValueType.number
    hasMetadata = false
    isDynamic = false
    for index in 0..<attributes.count where attributes[index].namespace == .none {
      let attribute = attributes[index]
      if attribute.name == "r" {
        let text = String(decoding: attribute.escapedValue, as: UTF8.self)
        guard let reference = CellReference(text.trimmingXMLSpace) else {
          throw SheetBuilder.outside("cell “\(text)”")
        }
        (row, column) = (reference.row, reference.column)
      } else if attribute.name == "s" {
        style = SheetBuilder.style(attribute.escapedValue)
      } else if attribute.name == "t" {
        type = SheetBuilder.valueType(attribute.escapedValue)
      } else if attribute.name == "vm" {
        hasMetadata = true
      } else if attribute.name == "cm" {
        isDynamic = true
      }
    }
    guard column <= CellReference.maximumColumn else { throw SheetBuilder.outside("column \(column)") }
    try builder.beginCell(row: row, column: column, style: style, type: type)
    hasValue = false
  }

  private func startInCell(_ element: XMLStart) throws {
    guard isMain(element) else {
      places.append(.ignored)
      return
    }
    text.truncate(to: 0)
    if element.name == "v" {
      places.append(.value)
    } else if element.name == "f" {
      formulaType = .normal
      formulaIndex = nil
      formulaRange = nil
      for index in 0..<element.attributes.count where element.attributes[index].namespace == .none {
        let attribute = element.attributes[index]
        if attribute.name == "t" {
          formulaType = .init(attribute.escapedValue)
        } else if attribute.name == "si" {
          formulaIndex = SheetBuilder.integer(attribute.escapedValue)
        } else if attribute.name == "ref" {
          formulaRange = CellRange(String(decoding: attribute.escapedValue, as: UTF8.self).trimmingXMLSpace)
        }
      }
      places.append(.formula)
    } else if element.name == "is" {
      inline = InlineText()
      try inline?.start(element)
      places.append(.inline)
    } else {
      places.append(.ignored)
    }
  }

  /// An `<is>` counts only in a cell of type `inlineStr`; writers that put a stray one elsewhere mean the value.
  private func finishInline() {
    inline?.end()
    let rich = inline?.finish()
    inline = nil
    guard let rich, !hasValue || builder.type == .inlineText else { return }
    if rich.hasFonts {
      builder.setRichText(rich)
    } else {
      var plain = rich.plainText
      let mark = builder.batch.text.count
      plain.withUTF8 { builder.batch.text.append($0) }
      builder.finishDecodedText(since: mark)
    }
  }
}

/// Collects one text item as a tree.
private struct InlineText {
  private var open: [XMLElement] = []
  private var item: XMLElement?

  private var count = 0

  /// Elements that one text may have: far more than the 32,767 characters of a cell can use.
  private static let largestItem = 1 << 17

  mutating func start(_ element: XMLStart) throws {
    count += 1
    guard count <= Self.largestItem else {
      throw XLSXError(.limitExceeded, "A cell's text consists of more than \(Self.largestItem) elements.")
    }
    open.append(XMLElement(element))
  }

  mutating func text(_ bytes: XMLBytes) {
    guard let last = open.indices.last else { return }
    open[last].text.append(String(decoding: bytes, as: UTF8.self))
  }

  mutating func end() {
    guard let element = open.popLast() else { return }
    if let parent = open.indices.last { open[parent].children.append(element) } else { item = element }
  }

  func finish() -> RichText? { item.map { RichTextReader.read($0) } }
}
