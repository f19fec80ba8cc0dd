/// What rows and columns have in common.
protocol OutlineSettings {
  var isHidden: Bool { get }
  var outlineLevel: Int { get }
  var isCollapsed: Bool { get }
}

extension RowSettings: OutlineSettings {}
extension ColumnSettings: OutlineSettings {}

/// The attributes by which `row` and `col` say what is hidden and grouped (ECMA-376 Part 1, 18.3.1.13 and 18.3.1.73).
enum OutlineAttributes {
  /// Those that differ; `nil` takes one away.
  static func changes(
    from old: some OutlineSettings, to new: some OutlineSettings
  ) -> [(name: String, value: String?)] {
    var values: [(String, String?)] = []
    if old.isHidden != new.isHidden { values.append(("hidden", new.isHidden ? "1" : nil)) }
    if old.outlineLevel != new.outlineLevel {
      let level = max(0, min(7, new.outlineLevel))
      values.append(("outlineLevel", level > 0 ? String(level) : nil))
    }
    if old.isCollapsed != new.isCollapsed { values.append(("collapsed", new.isCollapsed ? "1" : nil)) }
    return values
  }
}
