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
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    var prefix = ""
    var depth = 0
    var place: Int?
    while let token = scanner.next() {
      switch token.kind {
      case .other: continue
      case .end: depth -= 1
      case .start, .empty:
        if depth == 0 {
          prefix = scanner.prefix(token)
          depth = 1
          continue
        }
        if scanner.isNamed(token, prefix + "calcPr") {
          if let attribute = scanner.attribute("fullCalcOnLoad", of: token) {
            patches.replace(attribute.value, with: "1")
          } else {
            patches.insert(" fullCalcOnLoad=\"1\"", at: token.name.upperBound)
          }
          return patches.applied(to: bytes)
        }
        let end = scanner.skipElement(token)
        // What stands before calcPr (ECMA-376 Part 1, 18.2.27).
        if ["sheets", "functionGroups", "externalReferences", "definedNames"].contains(
          scanner.localName(token))
        {
          place = end
        }
      }
    }
    guard let place else { return bytes }
    patches.insert("<\(prefix)calcPr fullCalcOnLoad=\"1\"/>", at: place)
    return patches.applied(to: bytes)
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
  private static func encodedName(_ name: String) -> String {
    name.replacing("\r\n", with: "_x000d__x000a_").replacing("\n", with: "_x000a_").replacing(
      "\r", with: "_x000d_")
  }
}

extension PartEditing {
  /// The workbook part with names added, whose sheets are given by their positions (`localSheetId`).
  static func addingNames(_ bytes: [UInt8], _ names: [DefinedName], sheets: [String]) -> [UInt8] {
    var xml = ByteBuffer()
    for name in names { DefinedNamesXML.append(name, sheets: sheets, to: &xml) }
    let elements = String(decoding: xml.array(), as: UTF8.self)
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    var prefix: String?
    var place: Int?
    while let token = scanner.next() {
      guard token.isStart else { continue }
      guard let known = prefix else {
        prefix = scanner.prefix(token)
        continue
      }
      let name = scanner.localName(token)
      if name == "definedNames" {
        return appending(bytes, to: "definedNames") { MarkupText.prefixed(elements, $0) }
      }
      let end = scanner.skipElement(token)
      // What stands before definedNames (ECMA-376 Part 1, 18.2.27).
      if known + name == scanner.string(token.name),
        ["sheets", "functionGroups", "externalReferences"].contains(name)
      {
        place = end
      }
    }
    guard let prefix, let place else { return bytes }
    patches.insert(
      "<\(prefix)definedNames>\(MarkupText.prefixed(elements, prefix))</\(prefix)definedNames>", at: place)
    return patches.applied(to: bytes)
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

  /// A sheet part with `<legacyDrawing>`, which shows the boxes of comments, in its place (ECMA-376 Part 1, 18.3.1.99).
  static func addingLegacyDrawing(_ bytes: [UInt8], id: String, namespace: String) -> [UInt8] {
    let after: Set<String> = [
      "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "AlternateContent",
      "webPublishItems",
      "tableParts", "extLst",
    ]
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    var prefix: String?
    var place: Int?
    while let token = scanner.next() {
      if token.kind == .end { place = place ?? token.range.lowerBound }
      guard token.isStart else { continue }
      guard prefix != nil else {
        prefix = scanner.prefix(token)
        continue
      }
      if after.contains(scanner.localName(token)) {
        place = token.range.lowerBound
        break
      }
      _ = scanner.skipElement(token)
    }
    guard let prefix, let place else { return bytes }
    patches.insert("<\(prefix)legacyDrawing xmlns:r=\"\(namespace)\" r:id=\"\(id)\"/>", at: place)
    return patches.applied(to: bytes)
  }
}
