/// A unit that the campaign does not list and a workbook from below brings along: the campaign lists its office, and that
/// office has rows of its own.
public struct UnitBelow: Hashable, Sendable, Codable {
  public var unit: ReportingUnit
  /// The ids of the forms that it owes its office.
  public var owes: Set<String>

  public init(unit: ReportingUnit, owes: Set<String>) {
    self.unit = unit
    self.owes = owes
  }
}

extension Campaign {
  /// The campaign with units from below, each owing what it owes its office: one that owes nothing reports outside the
  /// list, as it does there.
  func adding(_ below: [UnitBelow]) -> Campaign {
    guard !below.isEmpty else { return self }
    var campaign = self
    campaign.units += below.map(\.unit)
    for index in campaign.forms.indices {
      let id = campaign.forms[index].id
      campaign.forms[index].dueFrom += below.filter { $0.owes.contains(id) }.map(\.unit.code)
    }
    return campaign
  }
}
