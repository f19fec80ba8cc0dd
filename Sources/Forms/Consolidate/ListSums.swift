import Foundation

/// What the lines of a list come to: how many there are, the sums of its columns, and both for each value of the columns
/// that it is grouped by.
public struct ListSums: Sendable {
  /// The lines with one value of a column.
  public struct Group: Sendable {
    public var rows = 0
    /// By input; columns of totals follow from their parts.
    public var inputs: [FieldKey: Decimal] = [:]

    mutating func add(_ other: Group) {
      rows += other.rows
      ListSums.add(other.inputs, to: &inputs)
    }
  }

  public var rows = 0
  public var inputs: [FieldKey: Decimal] = [:]
  /// By column of ``ListRules/groups``, then by value; a value that is blank or cannot be read is `""`.
  public var groups: [[String: Group]]

  init(_ list: ListRules) { groups = list.groups.map { _ in [:] } }

  /// - Complexity: O(lines)
  init(_ lines: ListLines, list: ListRules, form: FormDefinition) {
    self.init(list)
    let fields = form.fields
    let added = fields.indices.filter { fields[$0].isAddable && fields[$0].isInput }
    let grouped = list.groups.map { key in fields.firstIndex { $0.key == key } }
    var sums = [ExactSum?](repeating: nil, count: fields.count)
    var parts: [[String: (rows: Int, sums: [ExactSum?])]] = list.groups.map { _ in [:] }
    let none = [ExactSum?](repeating: nil, count: added.count)
    for line in 0..<lines.count {
      let states = lines.states(line)
      for field in added {
        if case .figure(let figure) = states[field] { sums[field, default: ExactSum()] += figure }
      }
      for (group, column) in grouped.enumerated() {
        guard let column else { continue }
        let value = Self.name(states[column])
        // In place, or each line would copy the sums.
        parts[group][value, default: (0, none)].rows += 1
        for (position, field) in added.enumerated() {
          if case .figure(let figure) = states[field] {
            parts[group][value, default: (0, none)].sums[position, default: ExactSum()] += figure
          }
        }
      }
    }
    rows = lines.count
    for field in added { inputs[fields[field].key] = sums[field]?.value }
    addRatios(lines, form: form)
    groups = parts.map { values in
      values.mapValues { part in
        var group = Group(rows: part.rows)
        for (position, field) in added.enumerated() {
          group.inputs[fields[field].key] = part.sums[position]?.value
        }
        return group
      }
    }
  }

  /// Ratios that say by what they are weighted.
  private mutating func addRatios(_ lines: ListLines, form: FormDefinition) {
    for (index, field) in form.fields.enumerated() {
      guard case .weighted(let by) = field.ratio, let weight = form.fields.firstIndex(where: { $0.key == by })
      else { continue }
      var (part, whole): (Decimal, Decimal) = (0, 0)
      for line in 0..<lines.count {
        let states = lines.states(line)
        guard case .figure(let ratio) = states[index], case .figure(let figure) = states[weight] else {
          continue
        }
        part += ratio * figure
        whole += figure
      }
      if whole != 0 { inputs[field.key] = (part / whole).rounded(6, .plain) }
    }
  }

  static func name(_ state: Reading.State) -> String {
    switch state {
    case .value(let value): value.text
    case .figure(let figure): figure.plainText
    case .blank, .unreadable, .missing: ""
    }
  }

  /// Adds another unit's.
  mutating func add(_ other: ListSums) {
    rows += other.rows
    Self.add(other.inputs, to: &inputs)
    for (index, values) in other.groups.enumerated() where groups.indices.contains(index) {
      for (name, group) in values {
        groups[index][name, default: Group()].add(group)
      }
    }
  }

  private static func add(_ figures: [FieldKey: Decimal], to sums: inout [FieldKey: Decimal]) {
    for (key, figure) in figures { sums[key, default: 0] += figure }
  }
}

extension FormConsolidation {
  /// The values of a column that lines are grouped by: the choices in the definition's order, then what else there is, what
  /// is blank or cannot be read at the end.
  func groupValues(_ index: Int) -> [String] {
    guard let list = form.list, list.groups.indices.contains(index),
      let field = form.field(list.groups[index])
    else {
      return []
    }
    var names = field.type == .yesNo ? ["是", "否"] : field.choices.map(\.name)
    let found = Set(listSums?.groups[index].keys.map(\.self) ?? [])
    names.removeAll { !found.contains($0) && field.choices.count > 12 }
    let others = found.subtracting(names).sorted()
    return names + others.filter { !$0.isEmpty } + (found.contains("") ? [""] : [])
  }

  /// What stands for a group whose value is blank or cannot be read.
  static let noValue = "（未填或有误）"

  func listJSON(_ sums: ListSums, _ list: ListRules) -> [JSONValue.Member] {
    [
      .init("rows", .integer(sums.rows)),
      .init(
        "groups",
        .object(
          list.groups.enumerated().map { index, key in
            .init(
              key.rawValue,
              .object(
                groupValues(index).map { value -> JSONValue.Member in
                  let group = sums.groups[index][value] ?? ListSums.Group()
                  return .init(value.isEmpty ? Self.noValue : value, .object(figures(of: group, list)))
                }))
          })),
    ]
  }

  private func figures(of group: ListSums.Group, _ list: ListRules) -> [JSONValue.Member] {
    let figures = form.figures(fromInputs: group.inputs)
    return [.init(ListRules.countKey.rawValue, .integer(group.rows))]
      + list.totals.map { .init($0.rawValue, .number(figures[$0] ?? 0)) }
  }
}
