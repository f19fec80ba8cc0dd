extension LearnedCampaign {
  /// What came, went, and changed since last year's campaign.
  mutating func compare(with base: LearnBase) {
    var changes: [LearnChange] = []
    let before = base.campaign
    var kept: Set<String> = []
    for name in units {
      guard let known = base.unit(like: name) else {
        changes.append(LearnChange(kind: .unitAdded, name: name, new: name))
        continue
      }
      kept.insert(known.code)
      if LabelText.key(known.name) != LabelText.key(name) {
        changes.append(LearnChange(kind: .unitRenamed, name: name, old: known.name, new: name))
      }
    }
    if !units.isEmpty {
      for unit in base.reportingUnits where !kept.contains(unit.code) {
        changes.append(LearnChange(kind: .unitGone, name: unit.name, old: unit.name))
      }
    }
    for form in forms {
      guard let known = base.form(like: form) else {
        changes.append(LearnChange(kind: .formAdded, name: form.label, new: form.title))
        continue
      }
      if let deadline = form.deadline, deadline != known.deadline {
        changes.append(
          LearnChange(
            kind: .deadline, name: form.label, old: known.deadline.description, new: deadline.description))
      }
      let now = form.fields.map(\.key)
      let old = known.fields.map(\.key.rawValue)
      let nowKeys = Set(now.map(LabelText.key))
      let oldKeys = Set(old.map(LabelText.key))
      for key in now where !oldKeys.contains(LabelText.key(key)) {
        changes.append(LearnChange(kind: .fieldAdded, name: "\(form.label) \(key)", new: key))
      }
      for key in old where !nowKeys.contains(LabelText.key(key)) {
        changes.append(LearnChange(kind: .fieldGone, name: "\(form.label) \(key)", old: key))
      }
    }
    for known in before.forms where !forms.contains(where: { base.form(like: $0)?.id == known.id }) {
      changes.append(LearnChange(kind: .formGone, name: known.label, old: known.title))
    }
    changes += targetChanges(base)
    self.changes = changes
  }

  private func targetChanges(_ base: LearnBase) -> [LearnChange] {
    var changes: [LearnChange] = []
    for table in targets {
      guard let column = table.columns.first, let form = forms.first(where: { $0.label == table.form }),
        let known = base.campaign.targets.first(where: { $0.form == form.id })
      else { continue }
      for (unit, figure) in column.figures {
        guard let code = base.unit(like: unit)?.code, let old = known.targets[code] else { continue }
        if let new = baseFigure(figure, column), old != new {
          changes.append(
            LearnChange(kind: .target, name: "\(table.label) \(unit)", old: String(old), new: String(new)))
        }
      }
    }
    return changes
  }
}

extension LearnChange {
  /// One line.
  func text(in language: Language) -> String {
    let isChinese = language == .chinese
    let (old, new) = (old ?? "", new ?? "")
    switch kind {
    case .unitAdded: return isChinese ? "新增单位：\(name)" : "unit added: \(name)"
    case .unitGone: return isChinese ? "不再列出的单位：\(name)" : "unit gone: \(name)"
    case .unitRenamed: return isChinese ? "单位改名：\(old)→\(new)" : "unit renamed: \(old) → \(new)"
    case .target: return isChinese ? "指标：\(name) \(old)→\(new)" : "target: \(name) \(old) → \(new)"
    case .deadline: return isChinese ? "截止日期：\(name) \(old)→\(new)" : "deadline: \(name) \(old) → \(new)"
    case .fieldAdded: return isChinese ? "新增栏目：\(name)" : "field added: \(name)"
    case .fieldGone: return isChinese ? "不再有的栏目：\(name)" : "field gone: \(name)"
    case .formAdded: return isChinese ? "新增报表：\(name) \(new)" : "form added: \(name) \(new)"
    case .formGone: return isChinese ? "不再有的报表：\(name) \(old)" : "form gone: \(name) \(old)"
    }
  }
}
