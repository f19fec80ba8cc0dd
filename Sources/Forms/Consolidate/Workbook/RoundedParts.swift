import Foundation
import XLSX

/// Figures shown in a larger unit of measure with two decimals, 人次 as 万人次, so that the parts shown add up to the
/// total shown (舍位平衡): every part is cut off, and what the total then lacks goes, one step each, to the parts that lost
/// most, of equals to the first. The exact figures stay where they are.
enum RoundedParts {
  static let decimals = 2
  private static let parts = 100

  /// What one step of the last decimal is in the base unit: 100 人次 for 万人次; `nil` for a measure that is its own base.
  static func step(of measure: Measure) -> Int? {
    measure.scale >= parts && measure.scale % parts == 0 ? measure.scale / parts : nil
  }

  /// The parts in steps.
  ///
  /// - Parameter total: What they add up to, in steps; at least the sum of the parts cut off, at most one more for each.
  static func steps(_ figures: [Decimal?], step: Int, total: Decimal) -> [Decimal?] {
    let size = Decimal(step)
    let cut = figures.map { $0.map { ($0 / size).rounded(0, .down) } }
    let lost = zip(figures, cut).map { figure, cut in
      figure.flatMap { figure in cut.map { figure - $0 * size } }
    }
    var left = total - cut.compactMap(\.self).reduce(0, +)
    var result = cut
    let byLoss = lost.indices.filter { lost[$0] != nil }.sorted {
      (lost[$0] ?? 0, $1) > (lost[$1] ?? 0, $0)
    }
    for index in byLoss where left > 0 {
      result[index] = result[index].map { $0 + 1 }
      left -= 1
    }
    return result
  }

  /// The same as an array formula: the share of `cell` among `cells`, whose total in the larger unit is in `total`.
  static func formula(_ cell: CellReference, among cells: CellRange, total: String, step: Int) -> String {
    let all = cells.absolute
    let upTo = cells.first.absolute + ":" + cell.description
    let rank =
      "SUM(IF(ISNUMBER(\(all)),IF(MOD(\(all),\(step))>MOD(\(cell),\(step)),1,0),0))"
      + "+SUM(IF(ISNUMBER(\(upTo)),IF(MOD(\(upTo),\(step))=MOD(\(cell),\(step)),1,0),0))"
    let left = "ROUND(\(total)*\(parts),0)-SUM(IF(ISNUMBER(\(all)),INT(\(all)/\(step)),0))"
    return "IF(\(cell)=\"\",\"\",(INT(\(cell)/\(step))+IF(\(rank)<=\(left),1,0))/\(parts))"
  }
}
