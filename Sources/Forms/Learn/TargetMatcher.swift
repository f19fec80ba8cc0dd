import Foundation

/// Finds the form and the fields that a table of targets is about.
struct TargetMatcher {
  let forms: [LearnedForm]
  let words: LearnWords

  /// The fields of a form that a column of targets counts; empty where nothing fits.
  func fields(of form: LearnedForm, for column: LearnedTargets.Column) -> [String] {
    let heading = HeadingWords(column.heading, words: words)
    let all = form.fields.filter { $0.type == .number }
    let base = heading.measure.map { words.scale(of: $0).base }
    func isOf(_ field: LearnedForm.FieldView, _ wanted: (LearnedForm.Node) -> Bool) -> Bool {
      (field.row + field.column).contains(where: wanted)
    }
    let names = [heading.name] + words.synonyms(of: heading.name)
    let keys = Set(names.map(LabelText.key))
    var found = all.filter { field in isOf(field) { keys.contains(LabelText.key($0.name)) } }
    if found.isEmpty {
      // 目标场次, 任务数（场）: the words at the end, else the unit.
      found = all.filter { field in
        isOf(field) { node in
          let a = LabelText.key(heading.name)
          let b = LabelText.key(node.name)
          return b.count >= 2 && a.hasSuffix(b) || a.count >= 2 && b.hasSuffix(a)
        }
      }
    }
    if let base {
      let ofBase = (found.isEmpty ? all : found).filter {
        $0.measure.map { words.scale(of: $0).base == base } ?? false
      }
      found = ofBase
    }
    return topmost(ours(found), in: form)
  }

  /// Without the figures of another time or kind where there are some of ours: 本年 beside 上年.
  private func ours(_ fields: [LearnedForm.FieldView]) -> [LearnedForm.FieldView] {
    let others = Set(TableWords.builtin[.others].map(LabelText.key))
    let kept = fields.filter { field in
      !(field.row + field.column).contains { others.contains(LabelText.key($0.name)) }
    }
    return kept.isEmpty ? fields : kept
  }

  /// Without the figures that others of them add up.
  private func topmost(_ fields: [LearnedForm.FieldView], in form: LearnedForm) -> [String] {
    let keys = Set(fields.map(\.key))
    var parts: Set<String> = []
    for field in fields {
      for equation in form.equations(of: field) where equation.allSatisfy(keys.contains) {
        parts.formUnion(equation)
      }
    }
    return fields.map(\.key).filter { !parts.contains($0) }
  }

  /// The form of a table, by what their titles share, and by which of them has what the table counts.
  func form(for table: LearnedTargets, named: String?) -> LearnedForm? {
    let fitting = forms.filter { form in
      form.kind == .matrix && table.columns.contains { !fields(of: form, for: $0).isEmpty }
    }
    if let named,
      let form = fitting.first(where: { LearnText.labelKey($0.label) == LearnText.labelKey(named) })
    {
      return form
    }
    guard fitting.count > 1 else { return fitting.first }
    return fitting.enumerated().max {
      (LearnText.common($0.element.title, table.title), -$0.offset)
        < (LearnText.common($1.element.title, table.title), -$1.offset)
    }?.element
  }
}

extension LearnedForm {
  /// The keys that a field adds up, along the columns and along the rows.
  func equations(of field: FieldView) -> [[String]] {
    var result: [[String]] = []
    for (path, other, isColumn) in [(field.column, field.row, true), (field.row, field.column, false)] {
      guard let level = path.lastIndex(where: { $0.total != nil }), let names = path[level].total else {
        continue
      }
      let above = path[..<level].map(\.name)
      let below = path[(level + 1)...].map(\.name)
      let leaves = (isColumn ? columnLeaves : rowLeaves)
      let keys = names.flatMap { name -> [[String]] in
        let wanted = above + name.split(separator: "/").map(String.init) + below
        return leaves.map { $0.map(\.name) }.contains(wanted)
          ? [wanted]
          : leaves.filter { leaf in
            leaf.map(\.name).starts(with: wanted)
              && !leaf.dropFirst(wanted.count).contains { $0.total != nil }
          }.map { $0.map(\.name) }
      }
      let fixed = other.map(\.name)
      result.append(keys.map { (isColumn ? fixed + $0 : $0 + fixed).joined(separator: "/") })
    }
    return result
  }
}
