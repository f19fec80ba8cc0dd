/// Changes the list of sheets in a workbook part, with everything that counts sheets by their position: names that
/// belong to a sheet, and the tab that is shown (ECMA-376 Part 1, 18.2.5, 18.2.30).
struct SheetListEditing {
  /// The positions of the sheets that stay, in the order that they get.
  let order: [Int]
  /// How many sheets the workbook part lists.
  private var sheetCount = 0

  init(order: [Int]) { self.order = order }

  /// Where a sheet stands afterwards; `nil` if it is gone.
  func position(after position: Int) -> Int? {
    // A file may say anything; a position that no sheet has stays as it is.
    guard (0..<sheetCount).contains(position) else { return position }
    return order.firstIndex(of: position)
  }

  mutating func applied(to bytes: [UInt8]) -> [UInt8] {
    sheetCount = MarkupElement(bytes)?.child("sheets")?.children("sheet").count ?? 0
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    var isInside = false
    while let token = scanner.next() {
      guard token.isStart else { continue }
      guard isInside else {
        isInside = true
        continue
      }
      switch scanner.localName(token) {
      case "bookViews": editViews(token, &scanner, &patches)
      case "sheets": editSheets(token, &scanner, &patches)
      case "definedNames": editNames(token, &scanner, &patches)
      default: _ = scanner.skipElement(token)
      }
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
        patches.replace(active.value, with: String(position(after: old) ?? 0))
      }
      // The first tab that is seen; without one, the first of all.
      if let first = scanner.attribute("firstSheet", of: token) { patches.replace(first.range, with: "") }
      _ = scanner.skipElement(token)
    }
  }

  private func editSheets(
    _ sheets: MarkupScanner.Token, _ scanner: inout MarkupScanner, _ patches: inout Patches
  ) {
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
    _ names: MarkupScanner.Token, _ scanner: inout MarkupScanner, _ patches: inout Patches
  ) {
    guard names.kind == .start else { return }
    var own = Patches()
    var remaining = 0
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

  /// A sheet part whose tab is selected.
  static func selecting(_ bytes: [UInt8]) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    root.change("sheetViews", order: SheetChild.order) { views in
      views.change("sheetView", order: ["sheetView", "extLst"]) { view in
        view["tabSelected"] = "1"
        if view["workbookViewId"] == nil { view["workbookViewId"] = "0" }
      }
    }
    return root.bytes
  }

  /// The workbook part with windows that open on the sheet at a position, whatever tabs they showed.
  static func activating(_ position: Int, in bytes: [UInt8]) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    root.changeWindows { window in
      let hasTab = window?["activeTab"] != nil
      window?["activeTab"] = position > 0 || hasTab ? String(position) : nil
      window?["firstSheet"] = nil
    }
    return root.bytes
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
