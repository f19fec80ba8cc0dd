import Foundation
import XLSX

/// Where everything stands on a sheet of completion: a column for each thing that is told of a unit, a row for each unit
/// with a target, the total, and below it whoever reported without owing a target.
struct CompletionTable {
  enum Column: Hashable {
    case unit, target, completed, rate, shortfall, rank
    /// The part of a channel (线上, 线下) in what was completed, by its position in ``channels``.
    case share(Int)
    /// How many kinds of activity a unit has held.
    case kinds
    /// Completed in the form's larger unit of measure (万人次), in parts that add up.
    case rounded
    case before, change, growth
    /// Why a unit has no rank: where an error is open.
    case remark
  }

  /// A way of doing things, with those of its inputs that count towards the target.
  struct Channel {
    var name: String
    var inputs: [FieldKey]
  }

  /// The rows above the table: title, how complete it is, headings.
  static let headingRow = 3
  static let firstRow = 4
  /// RANK and the rounding look at every unit for every unit; with more of them opening the workbook takes too long.
  private static let mostCompared = 3000

  let columns: [Column]
  let withTarget: [UnitFigures]
  let withoutTarget: [UnitFigures]
  let channels: [Channel]
  /// Whether each input counts in exactly one channel, so that the shares make up the whole.
  let channelsMakeWhole: Bool
  /// The inputs of each kind of activity.
  let kinds: [[FieldKey]]
  let measure: Measure

  init(_ consolidation: FormConsolidation, targets: TargetTable) {
    let form = consolidation.form
    let counted = consolidation.targetInputs
    let order = Dictionary(
      targets.order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    withTarget = consolidation.top.filter { $0.target != nil }.sorted {
      order[$0.unit.code, default: .max] < order[$1.unit.code, default: .max]
    }
    withoutTarget = consolidation.top.filter { $0.target == nil && $0.completed != nil }
    let ways = form.rules.channels.map { channel in
      let inputs = Set(channel.fields.flatMap { form.inputs(behind: $0) })
      return Channel(name: channel.name, inputs: counted.filter(inputs.contains))
    }
    channels = ways.filter { !$0.inputs.isEmpty }
    let channelInputs = channels.flatMap(\.inputs)
    channelsMakeWhole = channelInputs.count == counted.count && Set(channelInputs) == Set(counted)
    kinds = form.rules.kinds.map { kind in
      kind.fields.flatMap { form.inputs(behind: $0) }
    }
    measure =
      targets.fields.contains(ListRules.countKey)
      ? form.list?.countMeasure ?? Measure(unit: "")
      : counted.first.flatMap { form.field($0)?.measure } ?? Measure(unit: "")

    var columns: [Column] = [.unit, .target, .completed, .rate, .shortfall]
    let isComparable = withTarget.count <= Self.mostCompared
    if isComparable { columns.append(.rank) }
    columns += channels.indices.map(Column.share)
    if !kinds.isEmpty { columns.append(.kinds) }
    if isComparable, withoutTarget.count <= Self.mostCompared, RoundedParts.step(of: measure) != nil {
      columns.append(.rounded)
    }
    if consolidation.units.contains(where: { $0.previous != nil }) {
      columns += [.before, .change, .growth]
    }
    if withTarget.contains(where: \.isDisputed) { columns.append(.remark) }
    self.columns = columns
  }

  var totalRow: Int { Self.firstRow + max(withTarget.count, 1) }
  /// The row that adds those without a target to the total; `nil` where there are none.
  var grandTotalRow: Int? { withoutTarget.isEmpty ? nil : totalRow + withoutTarget.count + 1 }
  var lastRow: Int { grandTotalRow ?? totalRow }

  func cell(_ column: Column, row: Int) -> CellReference? {
    columns.firstIndex(of: column).map { CellReference(row: row, column: $0 + 1) }
  }

  /// The cells of the units with a target.
  func units(_ column: Column) -> CellRange? {
    columns.firstIndex(of: column).map { CellRange(rows: Self.firstRow...(totalRow - 1), column: $0 + 1) }
  }

  /// The cells of the units with a target whose figures stand on no open error, neighbours joined to ranges: what is
  /// ranked and drawn.
  func settledUnits(_ column: Column) -> [CellRange] {
    guard let index = columns.firstIndex(of: column) else { return [] }
    let rows = withTarget.indices.filter { !withTarget[$0].isDisputed }.map { Self.firstRow + $0 }
    return ChartRanges.runs(of: rows, column: index + 1)
  }

  /// What a target counts, as the annex's heading has it: 场次 of 活动场次 in 场, 人次 of 覆盖人数(人次).
  static func countWord(heading: String, measure: Measure) -> String {
    let unit = measure.baseUnit
    guard !unit.isEmpty else { return heading }
    guard let found = heading.range(of: unit, options: .backwards) else { return "（\(unit)）" }
    return heading[found.lowerBound...].trimmingCharacters(in: CharacterSet(charactersIn: "()（）[]【】 　"))
  }
}

extension CellReference {
  /// `$C$4`
  var absolute: String { "$" + CellReference.columnName(column) + "$" + String(row) }
}

extension CellRange {
  /// `$C$4:$C$19`
  var absolute: String { isSingleCell ? first.absolute : first.absolute + ":" + last.absolute }
}
