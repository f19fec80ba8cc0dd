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

  /// A part with those elements of a name left out that a test picks.
  static func removing(_ name: String, from bytes: [UInt8], where test: (MarkupTag) -> Bool) -> [UInt8] {
    var patches = Patches()
    for tag in MarkupScanner.tags(name, in: bytes) where test(tag) { patches.replace(tag.range, with: "") }
    return patches.applied(to: bytes)
  }

  /// A table part with some of its columns renamed, by position from 0.
  static func renamingColumns(_ bytes: [UInt8], _ names: [Int: String]) -> [UInt8] {
    var patches = Patches()
    for (index, column) in MarkupScanner.tags("tableColumn", in: bytes).enumerated() {
      if let name = names[index] {
        patches.set("name", encodedName(name), of: column.token, in: column.scanner)
      }
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
  /// A part with an element added at the end of its root. The closure gets the prefix of the root's name.
  static func appending(_ bytes: [UInt8], _ element: (_ prefix: String) -> String) -> [UInt8] {
    var scanner = MarkupScanner(bytes)
    var root: MarkupScanner.Token?
    while root == nil, let token = scanner.next() { if token.isStart { root = token } }
    guard let root else { return bytes }
    let end = scanner.skipElement(root)
    var patches = Patches()
    patches.insert(element(scanner.prefix(root)), at: bytes[..<end].lastIndex(of: UInt8(ascii: "<")) ?? end)
    return patches.applied(to: bytes)
  }
}

extension PackageEdits {
  /// Lets a sheet part lead to a drawing, by `drawing` or, to the boxes of comments, by `legacyDrawing` (ECMA-376 Part 1,
  /// 18.3.1.99).
  mutating func lead(_ sheet: String, by name: String, id: String) throws {
    let namespace = relationshipNamespace
    try change(sheet) { root in
      root.remove(name)
      var drawing = MarkupElement(name, prefix: root.prefix)
      drawing["xmlns:r"] = namespace
      drawing["r:id"] = id
      root.insert(drawing, order: SheetChild.order)
    }
  }
}

extension MarkupElement {
  /// Lets a workbook be calculated when it is opened, since cached results of formulas no longer follow from the cells.
  mutating func calculateOnLoad() {
    change("calcPr", order: WorkbookChildren.order) { $0["fullCalcOnLoad"] = "1" }
  }
}
