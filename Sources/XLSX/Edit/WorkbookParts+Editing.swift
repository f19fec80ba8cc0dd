/// Small changes in the parts that hold a workbook together.
enum PartEditing {
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
        var buffer = ByteBuffer()
        buffer.append(attributeText: encodedName(name))
        patches.replace(attribute.value, with: buffer.array())
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
