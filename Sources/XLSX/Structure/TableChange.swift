/// What becomes of a table whose name formulas use: another name, columns that go, nothing at all.
struct TableChange: Sendable {
  /// The name before.
  let old: String
  /// The name afterwards; `nil` for a table that is taken away.
  let new: String?
  /// Columns that are no part of it any more.
  var lost = LostTables()

  func followed(_ formula: String) -> String {
    let formula = lost.followed(formula)
    guard let new, new != old else { return formula }
    return TableNames.renamed(formula: formula, [old.lowercased(): new])
  }

  /// A slicer of the table would belong to nothing without it.
  private func checkSlicers(_ id: String?, _ edits: PackageEdits, _ sheet: String) throws {
    for part in try edits.targets(ofKinds: ["slicerCache"]) {
      for cache in MarkupScanner.tags("tableSlicerCache", in: try edits.bytes(of: part))
      where cache["tableId"] == id {
        throw XLSXError(
          .unsupportedChange, "A slicer belongs to the table “\(old)”; take it away first, in Excel.",
          part: sheet)
      }
    }
  }

  /// Whether a text is the table's name.
  func isNamed(_ text: String?) -> Bool { text?.lowercased() == old.lowercased() }

  /// Makes the change in the part of the table itself, which a sheet leads to.
  func apply(to edits: inout PackageEdits, sheet: String) throws {
    for link in try edits.links(of: sheet) where link.kind == "table" {
      guard var root = MarkupElement(try edits.bytes(of: link.part)),
        isNamed(root["displayName"] ?? root["name"])
      else { continue }
      guard let new else {
        try checkSlicers(root["id"], edits, sheet)
        try edits.removeTable(link.part, from: sheet)
        return
      }
      if new == old { return }
      root["name"] = new
      root["displayName"] = new
      edits.set(link.part, root.bytes)
      return
    }
  }
}
