/// A campaign's units as the tree that their parents make of them.
///
/// A unit whose parent is one of ``Campaign/outsideUnits`` stands at the top: that unit reports for itself alone and adds
/// up nobody.
struct UnitTree: Sendable {
  let units: [ReportingUnit]
  /// The positions of the units at the top, in the campaign's order.
  let roots: [Int]
  private let positions: [String: Int]
  private let below: [[Int]]
  private let above: [Int?]

  /// - Complexity: O(units)
  init(_ campaign: Campaign) {
    units = campaign.units
    positions = Dictionary(
      units.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    let outside = Set(campaign.outsideUnits)
    var roots: [Int] = []
    var below = Array(repeating: [Int](), count: units.count)
    var above = [Int?](repeating: nil, count: units.count)
    for (position, unit) in units.enumerated() {
      if let code = unit.parent, !outside.contains(code), let parent = positions[code], parent != position {
        below[parent].append(position)
        above[position] = parent
      } else {
        roots.append(position)
      }
    }
    self.roots = roots
    self.below = below
    self.above = above
  }

  /// Whether any unit stands below another.
  var hasLevels: Bool { roots.count < units.count }

  func position(of code: String) -> Int? { positions[code] }
  func unit(_ code: String) -> ReportingUnit? { positions[code].map { units[$0] } }

  /// The positions of the units directly below one.
  func children(of position: Int) -> [Int] { below[position] }
  func hasChildren(_ code: String) -> Bool { positions[code].map { !below[$0].isEmpty } ?? false }

  /// The units above one, the nearest first.
  func ancestors(of unit: ReportingUnit) -> [ReportingUnit] {
    var found: [ReportingUnit] = []
    var next = positions[unit.code]
    while let position = next, let parent = above[position], found.count < units.count {
      found.append(units[parent])
      next = parent
    }
    return found
  }

  /// Whether a unit of the campaign stands below no other.
  func isAtTop(_ code: String) -> Bool { positions[code].map { above[$0] == nil } ?? false }

  /// Whether a unit stands somewhere below another.
  func isBelow(_ unit: ReportingUnit, _ code: String) -> Bool {
    guard let office = positions[code] else { return false }
    return isBelow(unit, anyOf: [office])
  }

  /// The same for one of several, by their positions; a country asks it for every file and every unit of a common name.
  ///
  /// - Complexity: O(levels)
  func isBelow(_ unit: ReportingUnit, anyOf offices: Set<Int>) -> Bool {
    var next = positions[unit.code]
    var steps = 0
    // Offices may stand below one another in a circle.
    while let position = next, let parent = above[position], steps < units.count {
      if offices.contains(parent) { return true }
      next = parent
      steps += 1
    }
    return false
  }
}
