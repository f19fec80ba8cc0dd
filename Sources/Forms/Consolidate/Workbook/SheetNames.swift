/// The names of the consolidated workbook's sheets: public, and how the workbook is known again.
enum SheetNames {
  static let delivery = "报送情况"
  static let findings = "问题清单"
  static let provenance = "来源"

  /// `附件2汇总`
  static func summary(_ form: FormDefinition) -> String { name(form.label, summarySuffix) }
  /// `附件2分单位`
  static func units(_ form: FormDefinition) -> String { name(form.label, unitsSuffix) }
  /// `附件2分级`: where units stand below other units.
  static func offices(_ form: FormDefinition) -> String { name(form.label, "分级") }
  /// `附表3明细`: the lines of a list.
  static func lines(_ form: FormDefinition) -> String { name(form.label, linesSuffix) }
  static let linesSuffix = "明细"
  static let summarySuffix = "汇总"
  static let unitsSuffix = "分单位"

  /// `任务完成情况`, or after the annex's label where the campaign gives no name.
  static func completion(_ table: TargetTable) -> String {
    sheetName(table.completionTitle ?? table.label + "完成情况")
  }

  private static func name(_ label: String, _ suffix: String) -> String {
    sheetName(String(label.prefix(31 - suffix.count)) + suffix)
  }

  /// A sheet's name has at most 31 characters and none of `[]:*?/\`.
  private static func sheetName(_ text: String) -> String {
    String(text.filter { !"[]:*?/\\'".contains($0) }.prefix(31))
  }

  /// Whether a workbook with these sheets is, by their names, a consolidated one.
  static func areThoseOfConsolidated(_ names: [String]) -> Bool {
    guard names.contains(provenance) else { return false }
    // 来源 beside 收支明细 may be anybody's; nobody else has who has sent what, and what is wrong.
    return names.contains { $0.hasSuffix(unitsSuffix) }
      || names.contains { $0.hasSuffix(linesSuffix) } && names.contains(delivery) && names.contains(findings)
  }
}
