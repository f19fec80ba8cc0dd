/// Changes the list of sheets in a workbook part, with everything that counts sheets by their position: names that
/// belong to a sheet, and the tab that is shown (ECMA-376 Part 1, 18.2.5, 18.2.30).
struct SheetListEditing {
  /// The positions of the sheets that stay, in the order that they get.
  let order: [Int]
  /// How many sheets the workbook part lists.
  private let sheetCount: Int

  /// Where a sheet stands afterwards; `nil` if it is gone.
  private func position(after position: Int) -> Int? {
    // A file may say anything; a position that no sheet has stays as it is.
    guard (0..<sheetCount).contains(position) else { return position }
    return order.firstIndex(of: position)
  }

  static func apply(_ order: [Int], to book: inout MarkupElement) {
    let editing = SheetListEditing(
      order: order, sheetCount: book.child("sheets")?.children("sheet").count ?? 0)
    book.changeAll("bookViews") { _, views in
      views?.changeEach { window in
        if let active = window?["activeTab"] {
          window?["activeTab"] = String(editing.position(after: Int(active) ?? 0) ?? 0)
        }
        // The first tab that is seen; without one, the first of all.
        window?["firstSheet"] = nil
      }
    }
    book.changeAll("sheets") { _, list in
      let all = list?.children { _ in true } ?? []
      let kept = order.filter(all.indices.contains).map { all[$0] }
      list?.changeAll(nil) { place, sheet in sheet = place < kept.count ? kept[place] : nil }
    }
    book.changeAll("definedNames") { _, list in
      list?.changeEach { name in
        guard let old = name?.integer("localSheetId") else { return }
        if let new = editing.position(after: old) { name?["localSheetId"] = String(new) } else { name = nil }
      }
      // An empty list is not allowed.
      if list?.childNames.isEmpty == true { list = nil }
    }
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
}

extension PackageEdits {
  /// Lists a sheet's part in the workbook part behind the others, with the highest number of all.
  mutating func list(_ part: String, named name: String, state: String?, in workbookPart: String) throws {
    let id = try relate(workbookPart, "worksheet", to: part)
    let namespace = relationshipNamespace
    try change(workbookPart) { book in
      book.changeAll("sheets") { _, list in
        let numbers = list?.children("sheet").compactMap { $0.integer("sheetId") } ?? []
        var entry = MarkupElement("sheet", prefix: list?.prefix ?? "")
        entry["name"] = name
        entry["sheetId"] = String(max(0, min(numbers.max() ?? 0, 65_533)) + 1)
        entry["state"] = state
        entry["xmlns:r"] = namespace
        entry["r:id"] = id
        list?.append([entry])
      }
    }
  }
}

extension MarkupElement {
  /// Selects the tab of a sheet.
  mutating func selectTab() {
    change("sheetViews", order: SheetChild.order) { views in
      views.change("sheetView", order: ["sheetView", "extLst"]) { view in
        view["tabSelected"] = "1"
        if view["workbookViewId"] == nil { view["workbookViewId"] = "0" }
      }
    }
  }

  /// Lets the windows of a workbook open on the sheet at a position, whatever tabs they showed.
  mutating func activateSheet(at position: Int) {
    changeWindows { window in
      let hasTab = window?["activeTab"] != nil
      window?["activeTab"] = position > 0 || hasTab ? String(position) : nil
      window?["firstSheet"] = nil
    }
  }

  /// Shows or hides sheets of a workbook, by position. A window that would open on a hidden sheet opens on the first that
  /// shows.
  ///
  /// - Parameter visible: The positions of all sheets that show afterwards.
  mutating func setVisibilities(_ visibilities: [Int: SheetInfo.Visibility], visible: [Int]) {
    changeAll("sheets") { _, list in
      list?.changeAll("sheet") { position, sheet in
        guard let visibility = visibilities[position] else { return }
        sheet?["state"] = visibility == .visible ? nil : visibility.rawValue
      }
    }
    guard has("bookViews") || !visible.contains(0) else { return }
    let first = String(visible.first ?? 0)
    changeWindows { window in
      for name in ["activeTab", "firstSheet"] where !visible.contains(window?.integer(name) ?? 0) {
        window?[name] = first
      }
    }
  }
}
