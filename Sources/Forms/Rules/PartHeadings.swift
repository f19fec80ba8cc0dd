/// Finds the figures that are part of another one, by their headings: 其中：一线职工 behind 参加人数.
struct PartHeadings {
  private let words: [String]
  private let checks: [FormCheck]

  init(words: [String], checks: [FormCheck]) {
    self.words = words.map { LabelText.key($0) }
    self.checks = checks
  }

  /// The positions of both, where they are figures of one measure and no check of the office's own says how they go together.
  func shares(of form: FormDefinition) -> [(part: Int, whole: Int)] {
    let columns = pairs(of: form.columnLeaves)
    let rows = pairs(of: form.rowLeaves)
    guard !columns.isEmpty || !rows.isEmpty else { return [] }
    var shares: [(part: Int, whole: Int)] = []
    for (position, field) in form.fields.enumerated() where field.isAddable {
      let candidates =
        [columns[field.column].map { (field.row, $0) }, rows[field.row].map { ($0, field.column) }]
        .compactMap(\.self)
      for (row, column) in candidates {
        let whole = row * form.columnLeaves.count + column
        guard form.fields.indices.contains(whole), form.fields[whole].isAddable,
          form.fields[whole].measure == field.measure,
          !isChecked(field.key, form.fields[whole].key)
        else { continue }
        shares.append((position, whole))
      }
    }
    return shares
  }

  /// For each leaf that is a part, the leaf beside it of which it is one.
  private func pairs(of leaves: [[Heading]]) -> [Int: Int] {
    var pairs: [Int: Int] = [:]
    for (index, path) in leaves.enumerated() {
      guard let heading = path.last, isPart(heading) else { continue }
      let parent = path.dropLast().map(\.name)
      // Several parts may stand behind one whole.
      let whole = leaves[..<index].lastIndex { other in
        other.count == path.count && other.dropLast().map(\.name) == parent
          && other.last.map { !isPart($0) } ?? false
      }
      if let whole { pairs[index] = whole }
    }
    return pairs
  }

  private func isPart(_ heading: Heading) -> Bool {
    let key = LabelText.key(heading.printed)
    return words.contains { !$0.isEmpty && key.hasPrefix($0) }
  }

  private func isChecked(_ part: FieldKey, _ whole: FieldKey) -> Bool {
    guard let part = part.path.last, let whole = whole.path.last else { return false }
    return checks.contains { $0.formula.contains(part) && $0.formula.contains(whole) }
  }
}
