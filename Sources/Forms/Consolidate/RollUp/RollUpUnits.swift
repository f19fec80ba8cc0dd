/// Tells which units the rows of a consolidated workbook from below are.
///
/// Rows are read within the office that made the workbook: 教育工会 in 焦作's workbook is 焦作's. Units that the campaign
/// lists below the office are found among those; below an office without any, the workbook's own rows are its units.
struct RollUpUnits {
  private let campaign: Campaign
  private let register: UnitRegister
  private let tree: UnitTree
  /// The units that came to light, in the order in which they did.
  private(set) var below: [UnitBelow] = []
  private var positions: [String: Int] = [:]
  private var registers: [String: UnitRegister] = [:]

  init(_ campaign: Campaign, register: UnitRegister) {
    self.campaign = campaign
    self.register = register
    tree = register.tree
  }

  /// Whose workbook it is.
  enum Office: Equatable {
    /// This office's own: its rows are the campaign's units.
    case own
    case unit(ReportingUnit)
    case unknown
  }

  /// The office that a workbook names, or if it names none the one that its file's name says.
  func office(_ written: String?, file: String) -> Office {
    guard let written, !LabelText.key(written).isEmpty else {
      let named = register.find(inFileName: file)
      return named.count == 1 ? office(named[0]) : .own
    }
    if LabelText.key(written) == LabelText.key(campaign.office) { return .own }
    let found = register.match(written).unit
    return found.map(office) ?? .unknown
  }

  private func office(_ unit: ReportingUnit) -> Office {
    campaign.outsideUnits.contains(unit.code) ? .own : .unit(unit)
  }

  /// The unit of a row.
  ///
  /// - Parameters:
  ///   - path: The offices between the workbook's own and the unit, from the top, as the workbook writes them.
  ///   - owes: The id of the form, if the row counts among those that owe it.
  /// - Returns: `nil` for a row of which nobody can tell whose it is.
  mutating func unit(_ name: String, path: [String], office: Office, owes form: String?) -> ReportingUnit? {
    var anchor: ReportingUnit?
    if case .unit(let unit) = office { anchor = unit }
    var parents = path.reversed().map { $0 }
    parents += [path.joined(separator: "/")] + (anchor.map { [$0.ownName, $0.name] } ?? [])
    var found: [ReportingUnit] = []
    for step in path + [UnitPath.ownName(name, parents: parents)] {
      guard let next = unit(step, under: anchor) else { return nil }
      found.append(next)
      anchor = next
    }
    // An office owes what its units owe.
    for unit in found {
      if let form, let position = positions[unit.code] { below[position].owes.insert(form) }
    }
    return found.last
  }

  private mutating func unit(_ name: String, under anchor: ReportingUnit?) -> ReportingUnit? {
    guard let anchor else { return register.match(name, isPrinted: true).unit }
    let children = tree.position(of: anchor.code).map { tree.children(of: $0).map { tree.units[$0] } } ?? []
    if isOffice(name, anchor) { return ownPart(of: anchor, children: children) }
    if !children.isEmpty {
      // A row that is no unit of this office may be one of another: then it is that one's, twice (R03).
      let found = register(below: anchor, children).match(name, isPrinted: true).unit
      return found.flatMap { tree.unit($0.code) } ?? exact(name)
    }
    return exact(name) ?? child(name, of: anchor)
  }

  /// A unit at the top or with a name that is nobody else's, by its full name.
  private func exact(_ name: String) -> ReportingUnit? {
    if case .exact(let unit) = register.match(name, isPrinted: true),
      !campaign.outsideUnits.contains(unit.code)
    {
      unit
    } else {
      nil
    }
  }

  /// Whether a row of an office's workbook is the office itself: its own figures, beside those of its units.
  private func isOffice(_ name: String, _ office: ReportingUnit) -> Bool {
    let key = LabelText.key(name)
    let names = [office.name, office.ownName] + office.aliases
    return names.contains { LabelText.key($0) == key } || name == Self.ownPartName(of: office)
  }

  private static func ownPartName(of office: ReportingUnit) -> String { office.ownName + "（本级）" }

  private mutating func ownPart(of office: ReportingUnit, children: [ReportingUnit]) -> ReportingUnit {
    let name = Self.ownPartName(of: office)
    return children.first { $0.ownName == name || $0.aliases.contains(name) } ?? child(name, of: office)
  }

  private mutating func child(_ name: String, of office: ReportingUnit) -> ReportingUnit {
    let code = UnitPath.code(below: office.code, name: name)
    if let position = positions[code] { return below[position].unit }
    let unit = ReportingUnit(code: code, name: name, parent: office.code)
    positions[code] = below.count
    below.append(UnitBelow(unit: unit, owes: []))
    return unit
  }

  /// An office's units, also by their names without the office's place: 教育工会 for 焦作市教育工会.
  private mutating func register(below office: ReportingUnit, _ children: [ReportingUnit]) -> UnitRegister {
    if let known = registers[office.code] { return known }
    let place = String(
      String.UnicodeScalarView(register.naming.stem(of: Array(office.ownName.unicodeScalars))))
    let prepared = children.map { unit in
      var unit = unit
      if unit.ownName.hasPrefix(place), unit.ownName.count > place.count + 1, !place.isEmpty {
        unit.aliases.append(String(unit.ownName.dropFirst(place.count)))
      }
      return unit
    }
    let made = UnitRegister(prepared, like: register)
    registers[office.code] = made
    return made
  }
}
