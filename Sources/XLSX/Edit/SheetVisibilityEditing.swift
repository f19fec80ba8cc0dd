extension PartEditing {
  /// The workbook part with sheets shown or hidden, by position. A window that would open on a hidden sheet opens on the
  /// first that shows.
  ///
  /// - Parameter visible: The positions of all sheets that show afterwards.
  static func setting(
    _ visibilities: [Int: SheetInfo.Visibility], visible: [Int], in bytes: [UInt8]
  ) -> [UInt8] {
    guard var root = MarkupElement(bytes) else { return bytes }
    root.change("sheets", order: WorkbookChildren.order) { list in
      list.changeAll("sheet") { position, sheet in
        guard let visibility = visibilities[position] else { return }
        sheet?["state"] = visibility == .visible ? nil : visibility.rawValue
      }
    }
    if root.has("bookViews") || !visible.contains(0) {
      let first = visible.first ?? 0
      root.changeWindows { window in
        if !visible.contains(window?.integer("activeTab") ?? 0) { window?["activeTab"] = String(first) }
        if !visible.contains(window?.integer("firstSheet") ?? 0) { window?["firstSheet"] = String(first) }
      }
    }
    return root.bytes
  }
}
