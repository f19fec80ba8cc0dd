/// A sheet part whose children are changed one by one, each at its place in the schema's order.
struct SheetMarkup {
  let sheet: String
  let part: String
  private(set) var root: MarkupElement

  /// The children of `sheetPr`.
  static let propertiesOrder = ["tabColor", "outlinePr", "pageSetUpPr"]

  /// - Throws: ``XLSXError/Code/malformedPart`` if the part is not whole.
  init(_ bytes: [UInt8], sheet: String, part: String) throws {
    guard let root = MarkupElement(bytes) else {
      throw XLSXError(
        .malformedPart, "The sheet is cut short; save the workbook again in Excel or WPS.", part: part,
        sheet: sheet)
    }
    self.root = root
    self.sheet = sheet
    self.part = part
  }

  /// Changes a child, which is made if there is none.
  ///
  /// - Throws: ``XLSXError/Code/unsupportedChange`` for a child that stands in alternatives, each for another program.
  mutating func change(_ name: String, _ body: (inout MarkupElement) throws -> Void) throws {
    try checkAlternatives(name)
    try root.change(name, order: SheetChild.order, body)
  }

  /// Puts a child in, behind those of its name.
  mutating func insert(_ child: MarkupElement) { root.insert(child, order: SheetChild.order) }

  mutating func remove(_ name: String) throws {
    try checkAlternatives(name)
    root.remove(name)
  }

  /// Changes every child of a name; one that is set to `nil` goes.
  mutating func changeAll(_ name: String, _ body: (Int, inout MarkupElement?) throws -> Void) throws {
    try checkAlternatives(name)
    try root.changeAll(name, body)
  }

  /// Changes what extensions hold; one for which the closure gives `false` goes, and the list with the last.
  mutating func changeExtensions(_ body: (inout MarkupElement) throws -> Bool) throws {
    try root.changeAll("extLst") { _, list in
      guard var changed = list else { return }
      try changed.changeAll("ext") { _, element in
        guard var content = element else { return }
        element = try body(&content) ? content : nil
      }
      list = changed.has("ext") ? changed : nil
    }
  }

  /// Puts elements into a list of Excel 2010's extension, which is made if there is none.
  mutating func extend(_ name: String, uri: String, with elements: [MarkupElement]) throws {
    try change("extLst") { list in
      var isDone = false
      list.changeAll("ext") { _, known in
        guard !isDone, known?.has(name) == true else { return }
        known?.change(name) { $0.append(elements) }
        isDone = true
      }
      if isDone { return }
      var ext = MarkupElement("ext", prefix: list.prefix)
      ext["uri"] = uri
      ext["xmlns:x14"] = Namespace.x14
      ext.change(name, prefix: "x14:") { $0.append(elements) }
      list.append([ext])
    }
  }

  private func checkAlternatives(_ name: String) throws {
    for alternatives in root.children("AlternateContent") {
      var scanner = MarkupScanner(alternatives.bytes)
      while let token = scanner.next() {
        if token.isStart, scanner.localName(token) == name {
          throw refusal("its \(name) in alternatives, which")
        }
      }
    }
  }

  func refusal(_ what: String) -> XLSXError {
    XLSXError(
      .unsupportedChange,
      "The sheet has \(what) cannot be changed without losing what it says; change it in Excel or WPS.",
      part: part, sheet: sheet)
  }
}
