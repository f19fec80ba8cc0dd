extension CheckReport {
  /// Takes in the units that workbooks brought along: each once, owing what any workbook says, under a name that no other
  /// unit has.
  mutating func add(_ found: [UnitBelow], to campaign: Campaign) {
    guard !found.isEmpty else { return }
    var positions: [String: Int] = [:]
    for unit in found {
      if let position = positions[unit.unit.code] {
        below[position].owes.formUnion(unit.owes)
      } else {
        positions[unit.unit.code] = below.count
        below.append(unit)
      }
    }
    let renamed = nameApart(campaign)
    guard !renamed.isEmpty else { return }
    for index in submissions.indices {
      guard let code = submissions[index].unit?.code, let unit = renamed[code] else { continue }
      submissions[index].unit = unit
      for finding in submissions[index].findings.indices
      where submissions[index].findings[finding].unit == unit.ownName {
        submissions[index].findings[finding].unit = unit.name
      }
    }
  }

  /// Gives units of one name the name of their office behind it.
  ///
  /// - Returns: Who got another name, by code.
  private mutating func nameApart(_ campaign: Campaign) -> [String: ReportingUnit] {
    var counts: [String: Int] = [:]
    for name in campaign.units.map(\.name) + below.map(\.unit.name) { counts[name, default: 0] += 1 }
    var taken = Set(counts.filter { $0.value == 1 }.keys).union(campaign.units.map(\.name))
    let tree = UnitTree(campaign.adding(below))
    var renamed: [String: ReportingUnit] = [:]
    for index in below.indices where counts[below[index].unit.name, default: 0] > 1 {
      let above = tree.ancestors(of: below[index].unit)
      guard let parent = above.first else { continue }
      let own = below[index].unit.ownName
      var name = UnitPath.qualified(own, by: parent.ownName)
      if !taken.insert(name).inserted {
        name = UnitPath.qualified(own, by: above.reversed().map(\.ownName).joined(separator: "/"))
        taken.insert(name)
      }
      below[index].unit.name = name
      renamed[below[index].unit.code] = below[index].unit
    }
    return renamed
  }
}
