import Foundation

/// A list's sums this year and last year, over the units that have both: the sums of ``ListRules/totals``, and 行数.
public struct ListYear: Sendable {
  /// How many units there are in both years.
  public var units: Int
  public var previous: [FieldKey: Decimal]
  public var current: [FieldKey: Decimal]
}

extension FormDefinition {
  /// The sums of a list's columns and its number of lines, of the sums of its inputs; `nil` for a form that is no list.
  func listFigures(_ sums: [FieldKey: Decimal]) -> [FieldKey: Decimal]? {
    guard let list else { return nil }
    let all = figures(fromInputs: sums)
    var figures: [FieldKey: Decimal] = [:]
    for key in list.totals { figures[key] = all[key] }
    figures[ListRules.countKey] = sums[ListRules.countKey]
    return figures
  }
}

extension FormConsolidation {
  /// What a unit's lines come to.
  func listFigures(of unit: UnitFigures) -> [FieldKey: Decimal]? {
    unit.lines.flatMap { lines in
      var sums = lines.inputs
      sums[ListRules.countKey] = Decimal(lines.rows)
      return form.listFigures(sums)
    }
  }

  /// `nil` for a form that is no list, or without last year's.
  public var listYear: ListYear? {
    guard form.list != nil else { return nil }
    let both = units.compactMap { unit in
      listFigures(of: unit).flatMap { now in
        unit.previousLines.map { before in
          // A figure of one year only has nothing to be compared with.
          (now: now.filter { before[$0.key] != nil }, before: before.filter { now[$0.key] != nil })
        }
      }
    }
    guard let previous = Self.sum(of: both.map(\.before)), let current = Self.sum(of: both.map(\.now)) else {
      return nil
    }
    return ListYear(units: both.count, previous: previous, current: current)
  }

  /// Figures added up key by key; `nil` of none.
  static func sum(of parts: [[FieldKey: Decimal]]) -> [FieldKey: Decimal]? {
    guard let first = parts.first else { return nil }
    return parts.dropFirst().reduce(first) { $0.merging($1, uniquingKeysWith: +) }
  }
}
