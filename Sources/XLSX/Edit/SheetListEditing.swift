/// Changes the list of sheets in a workbook part, with everything that counts sheets by their position: names that
/// belong to a sheet, and the tab that is shown (ECMA-376 Part 1, 18.2.5, 18.2.30).
struct SheetListEditing {
  /// The positions of the sheets that stay, in the order that they get.
  let order: [Int]
  /// A sheet that comes in front of all others, and is shown.
  var inserted: Inserted?

  /// How many sheets the workbook part lists.
  private var sheetCount = 0

  init(order: [Int]) { self.order = order }

  struct Inserted {
    var name: String
    var sheetID: Int
    var relationship: String
    /// The namespace of `r:id`.
    var namespace: String
    /// Its print titles and such.
    var names: [DefinedName]
  }

  /// Where a sheet stands afterwards; `nil` if it is gone.
  func position(after position: Int) -> Int? {
    // A file may say anything; a position that no sheet has stays as it is.
    guard (0..<sheetCount).contains(position) else { return position }
    return order.firstIndex(of: position).map { $0 + (inserted == nil ? 0 : 1) }
  }

  mutating func applied(to bytes: [UInt8]) -> [UInt8] {
    sheetCount = MarkupElement(bytes)?.child("sheets")?.children("sheet").count ?? 0
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    var prefix: String?
    var namesPlace: Int?
    var hasNames = false
    while let token = scanner.next() {
      guard token.isStart else { continue }
      guard let prefix else {
        prefix = scanner.prefix(token)
        continue
      }
      switch scanner.localName(token) {
      case "bookViews": editViews(token, &scanner, &patches)
      case "sheets":
        editSheets(token, prefix, &scanner, &patches)
        namesPlace = scanner.position
      case "definedNames":
        editNames(token, prefix, &scanner, &patches)
        hasNames = true
      // What stands between the sheets and the names (ECMA-376 Part 1, 18.2.27).
      case "functionGroups", "externalReferences": namesPlace = scanner.skipElement(token)
      default: _ = scanner.skipElement(token)
      }
    }
    if !hasNames, let place = namesPlace, let prefix, let names = inserted?.names, !names.isEmpty {
      patches.insert(
        "<\(prefix)definedNames>" + names.map { xml($0, prefix) }.joined() + "</\(prefix)definedNames>",
        at: place)
    }
    return patches.applied(to: bytes)
  }

  private func editViews(
    _ views: MarkupScanner.Token, _ scanner: inout MarkupScanner, _ patches: inout Patches
  ) {
    guard views.kind == .start else { return }
    while let token = scanner.next(), token.kind != .end {
      guard token.isStart else { continue }
      if let active = scanner.attribute("activeTab", of: token) {
        let old = Int(scanner.string(active.value)) ?? 0
        patches.replace(active.value, with: String(inserted != nil ? 0 : position(after: old) ?? 0))
      }
      // The first tab that is seen; without one, the first of all.
      if let first = scanner.attribute("firstSheet", of: token) { patches.replace(first.range, with: "") }
      _ = scanner.skipElement(token)
    }
  }

  private func editSheets(
    _ sheets: MarkupScanner.Token, _ prefix: String, _ scanner: inout MarkupScanner,
    _ patches: inout Patches
  ) {
    if let inserted {
      var attributes = ByteBuffer()
      attributes.attribute("name", inserted.name)
      attributes.attribute("sheetId", inserted.sheetID)
      attributes.attribute("r:id", inserted.relationship)
      let text = String(decoding: attributes.array(), as: UTF8.self)
      patches.insert(
        "<\(prefix)sheet xmlns:r=\"\(inserted.namespace)\"\(text)/>", at: sheets.range.upperBound)
    }
    guard sheets.kind == .start else { return }
    var places: [Range<Int>] = []
    while let token = scanner.next(), token.kind != .end {
      guard token.isStart else { continue }
      places.append(token.range.lowerBound..<scanner.skipElement(token))
    }
    let kept = order.filter(places.indices.contains)
    // Where only some go, what stands between the others stays.
    if kept == kept.sorted() {
      for position in places.indices where !kept.contains(position) {
        patches.replace(places[position], with: "")
      }
      return
    }
    for (position, place) in places.enumerated() {
      patches.replace(place, with: position < kept.count ? scanner.bytes[places[kept[position]]] : [])
    }
  }

  private func editNames(
    _ names: MarkupScanner.Token, _ prefix: String, _ scanner: inout MarkupScanner, _ patches: inout Patches
  ) {
    let added = inserted?.names ?? []
    guard names.kind == .start else { return }
    var own = Patches()
    // Before a name that goes from the same place: of overlapping patches the first counts.
    own.insert(added.map { xml($0, prefix) }.joined(), at: names.range.upperBound)
    var remaining = added.count
    while let token = scanner.next(), token.kind != .end {
      guard token.isStart else { continue }
      let end = scanner.skipElement(token)
      if let local = scanner.attribute("localSheetId", of: token),
        let old = Int(scanner.string(local.value))
      {
        guard let new = position(after: old) else {
          own.replace(token.range.lowerBound..<end, with: "")
          continue
        }
        own.replace(local.value, with: String(new))
      }
      remaining += 1
    }
    if remaining == 0 {
      // An empty list is not allowed.
      return patches.replace(names.range.lowerBound..<scanner.position, with: "")
    }
    patches.append(own)
  }

  private func xml(_ name: DefinedName, _ prefix: String) -> String {
    var attributes = ByteBuffer()
    attributes.attribute("name", name.name)
    if name.sheet != nil { attributes.attribute("localSheetId", 0) }
    if name.isHidden { attributes.attribute("hidden", 1) }
    var formula = ByteBuffer()
    formula.append(plainText: name.formula)
    return "<\(prefix)definedName\(String(decoding: attributes.array(), as: UTF8.self))>"
      + String(decoding: formula.array(), as: UTF8.self) + "</\(prefix)definedName>"
  }
}

extension PartEditing {
  /// A sheet part whose tab is not selected; `nil` if it is not. Two selected tabs would be edited together.
  static func deselecting(_ bytes: [UInt8]) -> [UInt8]? {
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    while let token = scanner.next() {
      guard token.isStart else { continue }
      let name = scanner.localName(token)
      if name == "sheetData" { break }
      guard name == "sheetView", let selected = scanner.attribute("tabSelected", of: token) else { continue }
      if ["1", "true"].contains(scanner.string(selected.value)) { patches.replace(selected.range, with: "") }
    }
    return patches.isEmpty ? nil : patches.applied(to: bytes)
  }

  /// The namespace of a workbook part's elements, and the highest number that a sheet has.
  static func sheetNumbers(_ bytes: [UInt8]) -> (namespace: String, highest: Int) {
    var scanner = MarkupScanner(bytes)
    var namespace = Namespace.main
    var highest = 0
    var sawRoot = false
    while let token = scanner.next() {
      guard token.isStart else { continue }
      if !sawRoot {
        sawRoot = true
        let prefix = scanner.prefix(token).dropLast()
        namespace = scanner.value(prefix.isEmpty ? "xmlns" : "xmlns:" + prefix, of: token) ?? namespace
      } else if scanner.localName(token) == "sheet",
        let id = scanner.value("sheetId", of: token).flatMap({ Int($0) })
      {
        highest = max(highest, min(id, 65_533))
      }
    }
    return (namespace, highest)
  }
}
