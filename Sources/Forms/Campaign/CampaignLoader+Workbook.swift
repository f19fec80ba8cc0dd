extension CampaignLoader {
  private static let sheetKeys = ["sheet", "of", "name", "title", "chart"]

  private enum SheetKind: String, CaseIterable {
    case summary, units, lines, groups, completion, delivery, findings, sources
  }

  /// `workbook:`, the sheets of the consolidated workbook; `nil` where the campaign leaves them as usual.
  func readWorkbook(forms: [FormDefinition], targets: [TargetTable]) throws -> WorkbookPlan? {
    guard let list = value("workbook")?.node, !list.isNull else { return nil }
    let usual = WorkbookPlan.standard(forms: forms, targets: targets)
    var plan = WorkbookPlan([])
    for node in try list.list() {
      let map = try node.mapping(keys: Self.sheetKeys)
      let content = try content(of: map, forms: forms, targets: targets)
      guard plan.name(of: content) == nil else {
        throw node.error(zh: "这张工作表写了两次", en: "this sheet is there twice")
      }
      let name = try map["name"]?.string() ?? usual.name(of: content) ?? ""
      let isValid =
        (1...31).contains(name.utf16.count) && !name.contains { "[]:*?/\\'".contains($0) }
      guard isValid else {
        throw (map["name"] ?? node).error(
          zh: "工作表名称“\(name)”应为1—31个字，不能含 [ ] : * ? / \\ '",
          en: "the sheet name \"\(name)\" must have 1 to 31 characters, none of [ ] : * ? / \\ '")
      }
      guard !plan.sheets.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
        throw (map["name"] ?? node).error(zh: "两张工作表都叫“\(name)”", en: "two sheets are named \"\(name)\"")
      }
      plan.sheets.append(
        WorkbookPlan.Sheet(
          content, name: name, title: try map["title"].map { Self.filled(try $0.string(), year: year) },
          showsChart: try map["chart"]?.bool() ?? true))
    }
    guard !plan.sheets.isEmpty else { throw list.error(zh: "没有工作表", en: "there are no sheets") }
    for sheet in plan.sheets { try checkSource(of: sheet, in: plan, targets: targets, at: list) }
    return plan
  }

  private func content(of map: YAMLMapping, forms: [FormDefinition], targets: [TargetTable]) throws
    -> WorkbookPlan.Content
  {
    let kind: SheetKind = try map.required("sheet").choice()
    switch kind {
    case .delivery: return .delivery
    case .findings: return .findings
    case .sources: return .provenance
    case .summary, .units, .lines, .groups:
      let of = try map.required("of")
      let form = forms[try formIndex(of.string(), in: forms, at: map)]
      let isOfLists = kind == .lines || kind == .groups
      guard isOfLists == (form.kind == .list) else {
        throw of.error(
          zh: isOfLists ? "“\(form.label)”不是清单，没有明细" : "“\(form.label)”是清单，请用 lines、groups",
          en: isOfLists ? "\"\(form.label)\" is no list" : "\"\(form.label)\" is a list: use lines and groups"
        )
      }
      return switch kind {
      case .summary: .summary(form: form.id)
      case .lines: .lines(form: form.id)
      case .groups: .groups(form: form.id)
      default: .units(form: form.id)
      }
    case .completion:
      let of = try map.required("of")
      let label = try of.string()
      guard let table = targets.first(where: { LabelText.key($0.label) == LabelText.key(label) }) else {
        throw of.error(zh: "没有指标表“\(label)”", en: "there is no table of targets \"\(label)\"")
      }
      return .completion(targets: table.label)
    }
  }

  /// Totals and results are formulas over the units' rows, which must be there then.
  private func checkSource(
    of sheet: WorkbookPlan.Sheet, in plan: WorkbookPlan, targets: [TargetTable], at list: YAMLNode
  ) throws {
    let form: String? =
      switch sheet.content {
      case .summary(let form): form
      case .completion(let label): targets.first { $0.label == label }?.form
      case .units, .lines, .groups, .delivery, .findings, .provenance: nil
      }
    if case .groups(let id) = sheet.content, plan.name(of: .lines(form: id)) == nil {
      throw list.error(
        zh: "“\(sheet.name)”由明细算出，缺少该表的一页（sheet: lines）",
        en: "\"\(sheet.name)\" is calculated from the lines: list its sheet of lines too")
    }
    // Of a list the sums of its units.
    guard let form, plan.name(of: .units(form: form)) == nil, plan.name(of: .groups(form: form)) == nil else {
      return
    }
    throw list.error(
      zh: "“\(sheet.name)”由分单位表算出，缺少该表的一页（sheet: units）",
      en: "\"\(sheet.name)\" is calculated from the units' rows: list its form's sheet of units too")
  }
}
