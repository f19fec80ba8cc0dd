/// Changes how a sheet is printed, element by element (ECMA-376 Part 1, 18.3.1.46 to 18.3.1.74). What the model does not
/// know stays: printer settings, paper sources, whether headers scale.
struct PrintEditing {
  let old: PageSetup
  let new: PageSetup

  func apply(to sheet: inout SheetMarkup) throws {
    try setFitting(of: &sheet)
    try setOptions(of: &sheet)
    try setMargins(of: &sheet)
    try setPage(of: &sheet)
    try setHeaders(of: &sheet)
    try setBreaks("rowBreaks", old.rowBreaks, new.rowBreaks, upTo: CellReference.maximumColumn - 1, &sheet)
    try setBreaks(
      "colBreaks", old.columnBreaks, new.columnBreaks, upTo: CellReference.maximumRow - 1, &sheet)
  }

  private static func fits(_ setup: PageSetup) -> Bool {
    if case .fit = setup.scaling { true } else { false }
  }

  private func setFitting(of sheet: inout SheetMarkup) throws {
    if Self.fits(old) == Self.fits(new) { return }
    try sheet.change("sheetPr") { properties in
      properties.change("pageSetUpPr", order: SheetMarkup.propertiesOrder) {
        $0["fitToPage"] = Self.fits(new) ? "1" : nil
      }
    }
  }

  private func setOptions(of sheet: inout SheetMarkup) throws {
    let flags: [(String, KeyPath<PageSetup, Bool>)] = [
      ("horizontalCentered", \.centersHorizontally), ("verticalCentered", \.centersVertically),
      ("headings", \.printsHeadings), ("gridLines", \.printsGridLines),
    ]
    let changed = flags.filter { old[keyPath: $0.1] != new[keyPath: $0.1] }
    if changed.isEmpty { return }
    try sheet.change("printOptions") { options in
      for (name, path) in changed { options[name] = new[keyPath: path] ? "1" : nil }
      // Excel prints grid lines only where both agree; this one is on by default.
      if new.printsGridLines, !old.printsGridLines { options["gridLinesSet"] = nil }
    }
  }

  private func setMargins(of sheet: inout SheetMarkup) throws {
    if old.margins == new.margins { return }
    let isNew = !sheet.root.has("pageMargins")
    let sides: [(String, KeyPath<PageSetup.Margins, Double>)] = [
      ("left", \.left), ("right", \.right), ("top", \.top), ("bottom", \.bottom), ("header", \.header),
      ("footer", \.footer),
    ]
    try sheet.change("pageMargins") { margins in
      for (name, side) in sides
      where isNew || old.margins[keyPath: side] != new.margins[keyPath: side] || margins[name] == nil {
        margins[name] = ByteBuffer.text { $0.append(number: new.margins[keyPath: side]) }
      }
    }
  }

  private func setPage(of sheet: inout SheetMarkup) throws {
    let isSame =
      old.paperSize == new.paperSize && old.orientation == new.orientation && old.scaling == new.scaling
      && old.firstPageNumber == new.firstPageNumber
    if isSame { return }
    // Without the element the model has its own defaults, and a new one must say all.
    let isNew = !sheet.root.has("pageSetup")
    try sheet.change("pageSetup") { page in
      if isNew || old.paperSize != new.paperSize {
        page["paperSize"] = String(new.paperSize)
        // Paper by its measures.
        for name in ["paperHeight", "paperWidth"] { page[name] = nil }
      }
      if isNew || old.scaling != new.scaling {
        switch new.scaling {
        case .percent(let percent): page["scale"] = percent == 100 ? nil : String(percent)
        case .fit(let width, let height):
          // 1 is the default, 0 means as many as it takes.
          page["fitToWidth"] = width == 1 ? nil : String(width ?? 0)
          page["fitToHeight"] = height == 1 ? nil : String(height ?? 0)
        }
      }
      if old.firstPageNumber != new.firstPageNumber {
        page["firstPageNumber"] = new.firstPageNumber.map { String($0) }
        page["useFirstPageNumber"] = new.firstPageNumber == nil ? nil : "1"
      }
      if isNew || old.orientation != new.orientation { page["orientation"] = new.orientation.rawValue }
    }
  }

  private func setHeaders(of sheet: inout SheetMarkup) throws {
    typealias Text = (name: String, text: KeyPath<PageSetup, String?>)
    let groups: [(flag: String?, texts: [Text])] = [
      (nil, [("oddHeader", \.header), ("oddFooter", \.footer)]),
      ("differentOddEven", [("evenHeader", \.evenHeader), ("evenFooter", \.evenFooter)]),
      ("differentFirst", [("firstHeader", \.firstHeader), ("firstFooter", \.firstFooter)]),
    ]
    let all = groups.flatMap(\.texts)
    if all.allSatisfy({ old[keyPath: $0.text] == new[keyPath: $0.text] }) { return }
    let order = all.map(\.name)
    try sheet.change("headerFooter") { element in
      for (flag, texts) in groups
      where texts.contains(where: { old[keyPath: $0.text] != new[keyPath: $0.text] }) {
        let differs = texts.contains { new[keyPath: $0.text] != nil }
        // Texts that a file keeps without using them do not come up with the others.
        let comesUp = flag.map { differs && !element.flag($0) } ?? false
        if let flag { element[flag] = differs ? "1" : nil }
        for (name, path) in texts where comesUp || old[keyPath: path] != new[keyPath: path] {
          element.remove(name)
          guard let text = new[keyPath: path] else { continue }
          var xml = MarkupElement(name, prefix: element.prefix)
          if ByteBuffer.needsSpacePreserved(text) { xml["xml:space"] = "preserve" }
          xml.setText(text, codesControls: true)
          element.insert(xml, order: order)
        }
      }
    }
  }

  private func setBreaks(
    _ name: String, _ old: [Int], _ new: [Int], upTo last: Int, _ sheet: inout SheetMarkup
  ) throws {
    let (known, wanted) = (Set(old), Set(new))
    if known == wanted { return }
    var remaining = 0
    try sheet.change(name) { list in
      list.changeAll("brk") { _, element in
        if let id = element?.integer("id"), known.contains(id), !wanted.contains(id) { element = nil }
      }
      for place in wanted.subtracting(known).sorted() {
        var element = MarkupElement("brk", prefix: list.prefix)
        element["id"] = String(place)
        element["max"] = String(last)
        element["man"] = "1"
        list.insert(element, order: ["brk"]) { ($0.integer("id") ?? 0) > place }
      }
      let breaks = list.children("brk")
      remaining = breaks.count
      list["count"] = String(remaining)
      list["manualBreakCount"] = String(breaks.count { $0.flag("man") })
    }
    // An empty list is not allowed.
    if remaining == 0 { try sheet.remove(name) }
  }
}

extension PageSetup {
  /// The set-up as far as the sheet's part holds it: what is printed, and which rows and columns on every page, are names.
  /// Breaks are in order, once each.
  var ofSheetPart: PageSetup {
    var setup = self
    setup.printArea = []
    setup.repeatedRows = nil
    setup.repeatedColumns = nil
    setup.rowBreaks = Set(rowBreaks).sorted()
    setup.columnBreaks = Set(columnBreaks).sorted()
    return setup
  }

  /// Whether the model holds everything that one of a sheet's names says; a broken reference says nothing.
  static func holdsAll(of name: DefinedName) -> Bool {
    // An area that is lost, `Sheet1!#REF!`, ends up empty.
    let areas = Self.areas(of: name.formula).filter { !$0.isEmpty }
    var setup = PageSetup()
    setup.take(name)
    let held =
      setup.printArea.count + (setup.repeatedRows == nil ? 0 : 1) + (setup.repeatedColumns == nil ? 0 : 1)
    return held == areas.count
  }
}
