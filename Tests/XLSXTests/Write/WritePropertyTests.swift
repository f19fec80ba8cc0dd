import Testing

@testable import XLSX

/// Random workbooks, the same every time, are read back as they were written.
@Suite("Write, read, compare")
struct WritePropertyTests {
  @Test("A random workbook comes back equal", arguments: 1...12)
  func roundTrip(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let book = Workbook()
    if Bool.random(using: &random) { book.dateSystem = .excel1904 }
    for number in 1...Int.random(in: 1...3, using: &random) {
      try fill(try book.addSheet(named: "表\(number)"), &random)
    }
    let bytes = try book.serialized()
    PackageCheck.check(bytes)
    let back = try Workbook(bytes: bytes)
    #expect(back.dateSystem == book.dateSystem)
    #expect(back.sheets == book.sheets)
    for info in book.sheets {
      let (old, new) = (try book.sheet(named: info.name), try back.sheet(named: info.name))
      #expect(new.mergedRanges == old.mergedRanges)
      let used = try #require(old.usedRange)
      #expect(new.usedRange == used)
      for row in used.rows {
        #expect(new.rowSettings(row).height == old.rowSettings(row).height)
        #expect(new.rowSettings(row).isHidden == old.rowSettings(row).isHidden)
        #expect(new.rowSettings(row).outlineLevel == old.rowSettings(row).outlineLevel)
        for column in used.columns {
          let cell = CellReference(row: row, column: column)
          #expect(new[cell] == old[cell], "\(info.name) \(cell)")
          let (was, became) = (old.style(at: cell), new.style(at: cell))
          #expect(became.font == was.font, "\(info.name) \(cell)")
          #expect(became.fill == was.fill, "\(info.name) \(cell)")
          #expect(became.borders == was.borders, "\(info.name) \(cell)")
          #expect(became.alignment == was.alignment, "\(info.name) \(cell)")
          #expect(became.numberFormat == was.numberFormat, "\(info.name) \(cell)")
          #expect(became.protection == was.protection, "\(info.name) \(cell)")
        }
      }
    }
  }

  private func fill(_ sheet: Worksheet, _ random: inout SeededGenerator) throws {
    for _ in 0..<Int.random(in: 20...120, using: &random) {
      let cell = CellReference(
        row: .random(in: 1...40, using: &random), column: .random(in: 1...30, using: &random))
      sheet[cell] = value(&random)
      if Int.random(in: 0..<3, using: &random) == 0 { sheet.setStyle(style(&random), at: cell) }
    }
    for _ in 0..<5 {
      let row = Int.random(in: 1...40, using: &random)
      sheet.setRowHeight(Double.random(in: 1...400, using: &random), for: row)
      if Bool.random(using: &random) {
        sheet.groupRows(row...row + 2, collapsed: Bool.random(using: &random))
      }
      let start = CellReference(
        row: .random(in: 1...40, using: &random), column: .random(in: 1...30, using: &random))
      let range = CellRange(start, start.offset(rows: 2, columns: 1))
      if !sheet.mergedRanges.contains(where: { $0.overlaps(range) }) { try sheet.merge(range) }
    }
  }

  private func value(_ random: inout SeededGenerator) -> CellValue {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .number(Double(Int.random(in: -1_000_000...1_000_000, using: &random)))
    case 1: return .number(Double.random(in: -1e6...1e6, using: &random))
    case 2:
      let any = Double(bitPattern: random.next())
      return .number(any.isFinite ? any : 0)
    case 3: return .bool(Bool.random(using: &random))
    case 4:
      return .error([.reference, .notAvailable, .divisionByZero].randomElement(using: &random) ?? .value)
    case 5:
      let cached: CellValue =
        Bool.random(using: &random) ? .text(text(&random)) : .number(random.next() % 2 == 0 ? 1.5 : -3)
      return .formula(
        Formula("IF(A1<>\"<&\",B$2,\"\(Int.random(in: 0...9, using: &random))\")"), cached: cached)
    case 6:
      let runs = (0..<3).map { _ in RichText.Run("r" + text(&random), font: style(&random).font) }
      return .richText(RichText(runs))
    default: return .text(text(&random))
    }
  }

  private func text(_ random: inout SeededGenerator) -> String {
    let pieces = [
      "a", "汉字", " ", "\n", "\t", "\r", "<", "&", ">", "\"", "'", "_x000D_", "_x", "_", "\u{0}", "\u{1F}",
      "\u{FFFE}",
      "\u{FFFF}", "\u{E000}", "😀", "e\u{301}", "é", "\u{FEFF}", "]]>", "１２", "\u{2028}",
    ]
    return (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
    }.joined()
  }

  private func style(_ random: inout SeededGenerator) -> Style {
    func color(_ random: inout SeededGenerator) -> Color? {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: .rgb(UInt32(truncatingIfNeeded: random.next()))
      case 1:
        .theme(
          Int.random(in: 0...9, using: &random), tint: [0, -0.25, 0.6][Int.random(in: 0..<3, using: &random)])
      case 2: .indexed(Int.random(in: 8...63, using: &random))
      default: nil
      }
    }
    func line(_ random: inout SeededGenerator) -> Borders.Line? {
      guard Bool.random(using: &random), let style = Borders.LineStyle.allCases.randomElement(using: &random)
      else { return nil }
      return .init(style, color: color(&random))
    }
    var style = Style()
    style.font = Font(
      name: ["宋体", "仿宋_GB2312", "Arial", "A & B"][Int.random(in: 0..<4, using: &random)],
      size: [9, 10.5, 22][Int.random(in: 0..<3, using: &random)], bold: Bool.random(using: &random),
      italic: Bool.random(using: &random), strikethrough: Bool.random(using: &random),
      underline: [.none, .single, .double][Int.random(in: 0..<3, using: &random)],
      verticalPosition: [.baseline, .superscript, .subscript][Int.random(in: 0..<3, using: &random)],
      color: color(&random))
    if let solid = color(&random) { style.fill = .solid(solid) }
    if Bool.random(using: &random) {
      style.fill = .pattern("darkUp", foreground: color(&random), background: color(&random))
    }
    style.borders = Borders(
      left: line(&random), right: line(&random), top: line(&random), bottom: line(&random))
    style.alignment = Alignment(
      horizontal: Alignment.Horizontal.allCases.randomElement(using: &random) ?? .general,
      vertical: Alignment.Vertical.allCases.randomElement(using: &random) ?? .bottom,
      wrapsText: Bool.random(using: &random), shrinksToFit: Bool.random(using: &random),
      indent: Int.random(in: 0...3, using: &random),
      rotation: [0, 0, 45, -90, -1, 255][Int.random(in: 0..<6, using: &random)])
    style.numberFormat =
      [.general, "0.00", "yyyy\"年\"", .percent, .text][Int.random(in: 0..<5, using: &random)]
    style.protection = .init(isLocked: Bool.random(using: &random), hidesFormula: Bool.random(using: &random))
    return style
  }
}
