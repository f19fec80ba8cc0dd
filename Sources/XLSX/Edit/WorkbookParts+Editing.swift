/// Small changes in the parts that hold a workbook together.
enum PartEditing {
  /// A part whose root is not written as an empty element: `<worksheet/>` becomes `<worksheet></worksheet>`.
  static func openingRoot(_ bytes: [UInt8]) -> [UInt8] {
    var scanner = MarkupScanner(bytes)
    while let token = scanner.next() {
      if token.kind == .other { continue }
      guard token.kind == .empty else { return bytes }
      var patches = Patches()
      let slash = token.range.upperBound - 2
      patches.replace(slash..<token.range.upperBound, with: "></\(scanner.string(token.name))>")
      return patches.applied(to: bytes)
    }
    return bytes
  }

  /// The workbook part with the order to calculate everything when it is opened, since cached results of formulas no
  /// longer follow from the cells.
  static func recalculatingOnLoad(_ bytes: [UInt8]) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    root.change("calcPr", order: WorkbookChildren.order) { $0["fullCalcOnLoad"] = "1" }
    return root.bytes
  }

  /// A part with every element left out that a test picks; for lists such as relationships and content types.
  static func removing(_ bytes: [UInt8], where test: (MarkupScanner, MarkupScanner.Token) -> Bool) -> [UInt8]
  {
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    while let token = scanner.next() {
      guard token.isStart, test(scanner, token) else { continue }
      patches.replace(token.range.lowerBound..<scanner.skipElement(token), with: "")
    }
    return patches.applied(to: bytes)
  }

  /// A table part with some of its columns renamed, by position from 0.
  static func renamingColumns(_ bytes: [UInt8], _ names: [Int: String]) -> [UInt8] {
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    var index = 0
    while let token = scanner.next() {
      guard token.isStart, scanner.localName(token) == "tableColumn" else { continue }
      if let name = names[index], let attribute = scanner.attribute("name", of: token) {
        patches.replace(attribute.value, with: MarkupText.attribute(encodedName(name)))
      }
      index += 1
      _ = scanner.skipElement(token)
    }
    return patches.applied(to: bytes)
  }

  /// Line breaks stand in a column's name as `_x000a_`.
  static func encodedName(_ name: String) -> String {
    name.replacing("\r\n", with: "_x000d__x000a_").replacing("\n", with: "_x000a_").replacing(
      "\r", with: "_x000d_")
  }
}

extension PartEditing {
  /// The workbook part with names added, whose sheets are given by their positions (`localSheetId`).
  static func addingNames(_ bytes: [UInt8], _ names: [DefinedName], sheets: [String]) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    root.change("definedNames", order: WorkbookChildren.order) { list in
      list.append(
        names.compactMap { name in
          MarkupElement(prefix: list.prefix) { DefinedNamesXML.append(name, sheets: sheets, to: &$0) }
        })
    }
    return root.bytes
  }

  /// The workbook part with names changed or taken away, found by name and sheet.
  ///
  /// - Parameter sheets: The names of the sheets in the order of the part.
  static func changingNames(
    _ bytes: [UInt8], _ names: [DefinedNamesXML.Scoped: DefinedName?], sheets: [String?]
  ) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    root.changeAll("definedNames") { _, list in
      list?.changeAll("definedName") { _, element in
        guard let name = element?["name"] else { return }
        let position = element?.integer("localSheetId")
        let sheet = position.flatMap { sheets.indices.contains($0) ? sheets[$0] : nil }
        guard let change = names[.init(DefinedName(name, formula: "", sheet: sheet))] else { return }
        guard let new = change else {
          element = nil
          return
        }
        element?["name"] = new.name
        element?["hidden"] = new.isHidden ? "1" : nil
        element?.setText(FormulaPrefixes.stored(new.formula))
      }
      // An empty list is not allowed.
      if list?.has("definedName") == false { list = nil }
    }
    return root.bytes
  }

  /// A part with an element added at the end of its root. The closure gets the prefix of the root's name.
  static func appending(_ bytes: [UInt8], _ element: (_ prefix: String) -> String) -> [UInt8] {
    appending(bytes, to: nil, element)
  }

  /// A part with an element added at the end of the first element of a name, or of the root.
  static func appending(_ bytes: [UInt8], to name: String?, _ element: (_ prefix: String) -> String)
    -> [UInt8]
  {
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    while let token = scanner.next() {
      guard token.isStart, name == nil || scanner.localName(token) == name else { continue }
      let prefix = scanner.prefix(token)
      if token.kind == .empty {
        // `<authors/>` opens.
        let qualified = scanner.string(token.name)
        let slash = token.range.upperBound - 2
        patches.replace(slash..<token.range.upperBound, with: ">\(element(prefix))</\(qualified)>")
      } else {
        let end = scanner.skipElement(token)
        let place = bytes[..<end].lastIndex(of: UInt8(ascii: "<")) ?? end
        patches.insert(element(prefix), at: place)
      }
      break
    }
    return patches.applied(to: bytes)
  }

  /// A sheet part that leads to a drawing, by `drawing` or, to the boxes of comments, by `legacyDrawing` (ECMA-376 Part 1,
  /// 18.3.1.99).
  static func leading(_ bytes: [UInt8], by name: String, id: String, namespace: String) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    root.remove(name)
    var drawing = MarkupElement(name, prefix: root.prefix)
    drawing["xmlns:r"] = namespace
    drawing["r:id"] = id
    root.insert(drawing, order: SheetChild.order)
    return root.bytes
  }
}
