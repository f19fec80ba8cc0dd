/// Reads the texts of the shapes of a sheet's drawing (ECMA-376 Part 1, 20.5.2.29).
struct TextBoxReader {
  /// Shapes of one drawing that are looked at, and how deep groups of them go.
  static let limit = 1_000
  private static let depth = 8

  /// - Parameter part: The drawing.
  static func read(_ part: String, in package: Package) throws -> [TextBox] {
    var boxes: [TextBox] = []
    try package.walk(part) { _, path in
      path.isEmpty ? .enter : .collect
    } collected: { anchor, _ in
      let first = DrawingReader.corner(anchor.child("from"))
      let last = anchor.child("to").map { DrawingReader.corner($0) } ?? first
      append(shapesIn: anchor, over: CellRange(first, last), depth: 0, to: &boxes)
    }
    return boxes
  }

  private static func append(
    shapesIn element: XMLElement, over cells: CellRange, depth: Int, to boxes: inout [TextBox]
  ) {
    guard depth < Self.depth else { return }
    for child in element.children where boxes.count < limit {
      switch child.name {
      case "sp":
        let runs = child.child("txBody").map(runs) ?? []
        if !runs.isEmpty { boxes.append(TextBox(RichText(runs), over: cells)) }
      case "AlternateContent":
        if let choice = child.child("Choice") ?? child.child("Fallback") {
          append(shapesIn: choice, over: cells, depth: depth + 1, to: &boxes)
        }
      case "grpSp": append(shapesIn: child, over: cells, depth: depth + 1, to: &boxes)
      default: continue
      }
    }
  }

  private static func runs(_ body: XMLElement) -> [RichText.Run] {
    var runs: [RichText.Run] = []
    for paragraph in body.children("p") {
      if !runs.isEmpty { runs.append(RichText.Run("\n")) }
      for child in paragraph.children {
        switch child.name {
        case "r", "fld":
          let text = child.children("t").map(\.text).joined()
          if !text.isEmpty { runs.append(RichText.Run(text, font: child.child("rPr").map(font))) }
        case "br": runs.append(RichText.Run("\n"))
        default: continue
        }
      }
    }
    return runs
  }

  /// DrawingML says the same of a font in other words (21.1.2.3.9).
  private static func font(_ properties: XMLElement) -> Font {
    var font = Font()
    font.isStruckThrough = properties["strike"].map { $0 != "noStrike" } ?? false
    let shift = properties.integer("baseline") ?? 0
    font.verticalPosition = shift > 0 ? .superscript : shift < 0 ? .subscript : .baseline
    return font
  }
}

extension Workbook {
  private static let drawingType = "drawing+xml"

  /// Whether any sheet may have a drawing: a part of that type is there.
  package var hasDrawings: Bool {
    guard let types = try? source?.package.contentTypes() else { return false }
    return types.defaults.values.contains { $0.hasSuffix(Self.drawingType) }
      || types.overrides.values.contains { $0.hasSuffix(Self.drawingType) }
  }

  /// The text boxes, and other shapes with text, of the sheet at a position of ``sheets``, as the file has them.
  ///
  /// A drawing that is missing or damaged has none.
  ///
  /// - Throws: ``XLSXError`` with `limitExceeded` for a drawing that passes a limit.
  package func textBoxes(inSheetAt position: Int) throws -> [TextBox] {
    if let imported {
      return imported.sheets.indices.contains(position) ? imported.sheets[position].content.textBoxes : []
    }
    guard sheets.indices.contains(position), let source else { return [] }
    let surroundings: SheetSurroundings
    do {
      surroundings = try SheetSurroundings(
        source: source, part: source.sheetPart(at: position, name: sheets[position].name))
    } catch let error as XLSXError where error.code != .limitExceeded {
      return []
    }
    guard let part = surroundings.existingPart(ofKind: "drawing"),
      try source.package.contentTypes()[part]?.hasSuffix(Self.drawingType) == true
    else { return [] }
    var boxes: [TextBox] = []
    try surroundings.tolerating { boxes = try TextBoxReader.read(part, in: source.package) }
    return boxes
  }
}
