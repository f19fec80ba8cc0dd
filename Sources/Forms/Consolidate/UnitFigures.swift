import Foundation

/// One unit's line in the consolidation of one form.
public struct UnitFigures: Sendable {
  /// How the unit stands towards a form.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Its form is there and was filled in by the deadline, or does not say when.
    case reported
    /// Its form is there and dated after the deadline.
    case late
    /// Something came from it, and nothing of it can be used.
    case rejected
    /// Nothing came from it.
    case missing
  }

  /// Why the unit has a line.
  public enum Standing: Hashable, Sendable {
    /// It owes the form and is one of the n.
    case owing
    /// It may report outside the list (市总本级): in the totals, outside the n and outside the targets.
    case outside
  }

  public var unit: ReportingUnit
  public var standing: Standing
  public var state: State
  /// The form that counts; `nil` if there is none.
  public var submission: Submission? { source.map { $0.all[$0.position] } }
  /// Where ``submission`` is: the report's own, which a country has no room for twice.
  var source: Source?
  /// The reported inputs and the totals that follow from them; never a typed total.
  public var figures: FieldFigures
  /// The reported inputs. Blank and unreadable cells have no figure.
  public var inputs: FieldFigures { figures.ofInputs }
  /// What its lines come to, where the form is a list.
  public var lines: ListSums?
  /// The fields that a finding of severity error or warning hangs at.
  public var doubtful: [FieldKey: Severity]
  /// The figures that stand on an open error: those it hangs at, and what is added up with them.
  public var disputed: Set<FieldKey> = []
  /// Whether an error is open about the form as a whole, and so about every figure of it.
  public var isWhollyDisputed = false
  /// Whether what counts towards the target stands on an open error, of a figure or of the form as a whole: the unit is
  /// neither ranked nor drawn.
  public var isDisputed = false
  /// ``completed`` without the figures that stand on an open error; `nil` if nothing is left.
  public var settled: Decimal?
  /// In the target table's unit (场, 人次); `nil` for a unit without a target.
  public var target: Int?
  /// What counts towards the target, in the same unit, whether or not the unit has one; `nil` if nothing was reported.
  public var completed: Decimal?
  /// What counted last year, in the same unit; `nil` without last year's workbook or the unit in it.
  public var previous: Decimal?
  /// What its lines came to last year, where the form is a list: the sums of ``ListRules/totals``, and 行数.
  public var previousLines: [FieldKey: Decimal]?
  /// The offices between the campaign's and the unit, from the top.
  public var path: [ReportingUnit] = []

  struct Source: Sendable {
    var all: [Submission]
    var position: Int
  }

  /// ``completed`` / ``target``, six decimals; `nil` without either, or with a target of 0.
  public var rate: Decimal? { Consolidation.rate(completed, of: target) }
  public var isReported: Bool { state == .reported || state == .late }

  /// ``path`` as the consolidated workbook and the JSON write it: `河南省总工会/焦作市总工会`.
  public var pathText: String { path.map(\.ownName).joined(separator: "/") }
}
