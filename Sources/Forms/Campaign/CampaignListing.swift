/// A campaign as people look it up: its forms with their fields and rules, its units and targets.
public struct CampaignListing {
  private let campaign: Campaign

  public init(_ campaign: Campaign) { self.campaign = campaign }

  /// The rules that can speak of a form, in the catalogue's order. Rules whose parameters the form's `rules:` section
  /// does not give never speak of it.
  private func rules(of form: FormDefinition) -> [Rule] {
    let settings = form.rules
    var silent: Set<String> = []
    if form.equations.isEmpty { silent.formUnion(["T01", "T02", "T03", "T04", "U03"]) }
    if form.kind == .matrix {
      silent.formUnion(["L01", "L02", "L03", "L04", "L05", "L07", "L08", "L09", "L10"])
    } else {
      silent.formUnion(["C01", "C03", "C04", "T06", "F07", "F08", "O01"])
      if form.list?.key.isEmpty == true { silent.formUnion(["L03", "L04"]) } else { silent.insert("L07") }
    }
    if !form.fields.contains(where: { $0.type == .citizenID }) { silent.insert("L06") }
    if PartHeadings(words: campaign.words[.parts], checks: campaign.checks).shares(of: form).isEmpty {
      silent.insert("T07")
    }
    if settings.attendance.isEmpty { silent.formUnion(["X01", "X02", "U04"]) }
    if settings.attendance.isEmpty, settings.coverage.isEmpty { silent.formUnion(["X03", "O01"]) }
    if settings.coverage.isEmpty { silent.formUnion(["X04", "U01", "U02"]) }
    if settings.publicity == nil { silent.insert("X05") }
    if settings.channels.isEmpty { silent.formUnion(["X06", "Y03"]) }
    if settings.kinds.isEmpty { silent.insert("G07") }
    if settings.year.sums.isEmpty { silent.insert("Y01") }
    if settings.minimums.isEmpty { silent.formUnion(["G03", "G04", "G06"]) }
    if settings.target == nil { silent.insert("D08") }
    if settings.target?.shortfall != "G01" { silent.insert("G01") }
    if settings.target?.shortfall != "G05" { silent.insert("G05") }
    if campaign.targets(for: form) == nil { silent.insert("G02") }
    return RuleCatalogue.rules.filter { !silent.contains($0.id) }
  }

  // As JSON.

  /// The campaign with its forms, units and targets; the shape is part of the contract.
  public var json: JSONValue {
    [
      "campaign": .string(campaign.id), "title": .string(campaign.title), "office": .string(campaign.office),
      "year": .integer(campaign.year), "forms": .array(campaign.forms.map(json)),
      "targets": .array(campaign.targets.map(json)), "units": .array(campaign.units.map(json)),
    ]
  }

  private func json(_ form: FormDefinition) -> JSONValue {
    [
      "id": .string(form.id), "label": .string(form.label), "title": .string(form.title),
      "deadline": .string(form.deadline.description),
      "dueFrom": .array(campaign.units(owing: form).map { .string($0.name) }),
      "kind": .string(form.kind.rawValue),
      "fields": .array(form.fields.filter { $0.type != .index }.map(json)),
      "rules": .array(
        rules(of: form).map {
          [
            "id": .string($0.id), "severity": .string($0.severity.rawValue),
            "summary": .string($0.summary.chinese),
          ]
        }),
    ]
  }

  private func json(_ field: Field) -> JSONValue {
    var parts: JSONValue = .null
    if case .total(let keys) = field.role { parts = .array(keys.map { .string($0.rawValue) }) }
    return [
      "key": .string(field.key.rawValue), "role": field.isInput ? "input" : "total", "totalOf": parts,
      "unit": .string(field.measure.unit), "decimals": .integer(field.measure.decimals),
      "type": .string(field.type.rawValue),
      "choices": field.choices.isEmpty ? .null : .array(field.choices.map { .string($0.name) }),
    ]
  }

  private func json(_ table: TargetTable) -> JSONValue {
    [
      "label": .string(table.label), "title": .string(table.title), "form": .string(table.form),
      "total": .integer(table.printedTotal),
      "units": .array(
        table.order.map { code in
          [
            "unit": .string(campaign.unit(code: code)?.name ?? code),
            "target": table.targets[code].map(JSONValue.integer) ?? .null,
          ]
        }),
    ]
  }

  private func json(_ unit: ReportingUnit) -> JSONValue {
    [
      "code": .string(unit.code), "name": .string(unit.name),
      "groups": .array(unit.groups.map(JSONValue.string)),
      "expected": .bool(!campaign.outsideUnits.contains(unit.code)),
      "aliases": .array(unit.aliases.map(JSONValue.string)),
    ]
  }

  // As text.

  public func text(in language: Language) -> String {
    let isChinese = language == .chinese
    var lines = ["\(campaign.title)（\(campaign.id)）"]
    for form in campaign.forms {
      lines += ["", "\(form.label)  \(form.id)", form.title]
      let due = campaign.units(owing: form).count
      lines.append(
        isChinese
          ? "截止 \(form.deadline)，应报 \(due) 个单位" : "due \(form.deadline) from \(due) units")
      var fields = TextTable(
        isChinese ? ["数据项", "填报", "计量单位"] : ["field", "filled in", "measure"])
      for field in form.fields where field.type != .index {
        let measure = field.type.isNumeric ? field.measure.unit : typeName(field.type, isChinese)
        fields.add([field.key.rawValue, filling(field, isChinese), measure])
      }
      lines += [""] + fields.lines()
      var rules = TextTable(isChinese ? ["规则", "级别", "要求"] : ["rule", "severity", "what it asks"])
      for rule in self.rules(of: form) {
        rules.add([rule.id, severity(rule.severity, isChinese), rule.summary.text(in: language)])
      }
      lines += [""] + rules.lines()
    }
    for table in campaign.targets {
      lines += ["", "\(table.label)  \(table.title)"]
      let count = table.order.count
      lines.append(
        isChinese
          ? "\(count) 个单位，总计 \(table.printedTotalText)" : "\(count) units, total \(table.printedTotalText)")
    }
    return lines.joined(separator: "\n")
  }

  private func filling(_ field: Field, _ isChinese: Bool) -> String {
    guard case .total(let parts) = field.role else { return isChinese ? "填写" : "by the unit" }
    let names = parts.map { part in part.path.last.map(String.init) ?? part.rawValue }
    return (isChinese ? "合计：" : "sum: ")
      + (Set(names).count == names.count ? names : parts.map(\.rawValue)).joined(separator: " + ")
  }

  private func typeName(_ type: FieldType, _ isChinese: Bool) -> String {
    guard isChinese else { return type.rawValue }
    return switch type {
    case .number: "数字"
    case .text: "文字"
    case .date: "日期"
    case .choice: "选项"
    case .percent: "%"
    case .yesNo: "是/否"
    case .phone: "电话"
    case .citizenID: "身份证号"
    case .index: "序号"
    }
  }

  private func severity(_ severity: Severity, _ isChinese: Bool) -> String {
    guard isChinese else { return severity.rawValue }
    return switch severity {
    case .error: "错误"
    case .warning: "核实"
    case .info: "提示"
    }
  }
}
