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
    var parts = list.groups.map { _ in GroupParts(width: added.count) }
    let wanted = lines.mask(added + grouped.compactMap(\.self))
    for line in 0..<lines.count {
      let states = lines.states(line, of: wanted)
      for field in added {
        if case .figure(let figure) = states[field] { sums[field, default: ExactSum()] += figure }
      }
      for (group, column) in grouped.enumerated() {
        guard let column else { continue }
        parts[group].add(added.lazy.map { states[$0] }, to: Self.name(states[column]))
      }
    }
    rows = lines.count
    for field in added { inputs[fields[field].key] = sums[field]?.value }
    addRatios(lines, form: form)
    let keys = added.map { fields[$0].key }
    groups = parts.map { $0.groups(keys) }
  }

  /// The groups of a column while its lines are added up.
  private struct GroupParts {
    private let width: Int
    private var positions: [String: Int] = [:]
    private var rows: [Int] = []
    private var sums: [ExactSum?] = []

    init(width: Int) { self.width = width }

    mutating func add(_ states: some Sequence<Reading.State>, to value: String) {
      let position: Int
      if let known = positions[value] {
        position = known
      } else {
        position = rows.count
        positions[value] = position
        rows.append(0)
        sums.append(contentsOf: repeatElement(nil, count: width))
      }
      rows[position] += 1
      for (offset, state) in states.enumerated() {
        if case .figure(let figure) = state {
          sums[position * width + offset, default: ExactSum()] += figure
        }
      }
    }

    func groups(_ keys: [FieldKey]) -> [String: Group] {
      positions.mapValues { position in
        var group = Group(rows: rows[position])
        for (offset, key) in keys.enumerated() { group.inputs[key] = sums[position * width + offset]?.value }
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
        guard case .figure(let ratio) = lines.state(line, index),
          case .figure(let figure) = lines.state(line, weight)
        else { continue }
        part += ratio * figure
        whole += figure
      }
      if whole != 0 { inputs[field.key] = (part / whole).rounded(6, .plain) }
    }
  }

  /// `nil` of none.
  init?(adding parts: [ListSums], list: ListRules) {
    guard !parts.isEmpty else { return nil }
    self.init(list)
    for part in parts { add(part) }
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
