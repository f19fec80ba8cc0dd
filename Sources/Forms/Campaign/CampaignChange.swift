import Foundation

/// One change that somebody makes to a campaign in a table: written as its line into the working folder's campaign file.
public enum CampaignChange: Sendable, Hashable {
  /// Units are named as they are called now.
  case rename(unit: String, to: String)
  case add(unit: String, group: String?)
  case drop(unit: String)
  /// Takes back that a unit was dropped.
  case restore(unit: String)
  case aliases(unit: String, [String])
  /// Of a form, or of a document that is due. The day as it was typed: what the loader refuses, it says.
  case deadline(form: String, String)
  /// `nil`: none of its own.
  case target(table: String, unit: String, Int?)
  /// The campaign of another year, its deadlines moved by as many years.
  case year(Int)
  /// A text of the letters and of returned copies; empty: as the campaign below has it.
  case wording(Correspondence.Text, String)
  /// How many days a unit has to send again what was returned.
  case resendDays(Int)

  /// The campaign file's text with the change in it.
  ///
  /// - Parameters:
  ///   - text: What `campaign` was loaded from; it may stand on other files, which stay as they are.
  ///   - campaign: As it is before the change.
  /// - Throws: ``FormsError`` where it cannot be made. What the loader says of the result is another matter.
  public func applied(to text: String, campaign: Campaign) throws -> String {
    var file = try YAMLLines(text, file: WorkingFolder.campaignFile)
    switch self {
    case .rename(let unit, let new): try Self.rename(unit, to: new, in: &file, campaign)
    case .add(let unit, let group):
      let name = try Self.named(unit)
      // Who was dropped here comes back as who they were.
      if file.texts(at: ["drop"]).contains(name) {
        guard group == nil else {
          throw Self.refused(
            "“\(name)”是已去掉的单位，恢复后仍属原来的组；请在已去掉的单位中恢复它，或不选组再添加",
            "\"\(name)\" is a unit that was dropped and comes back to the group it was in; restore it, or add it without a group"
          )
        }
        return try Self.restore(unit: name).applied(to: text, campaign: campaign)
      }
      guard !campaign.units.contains(where: { LabelText.key($0.name) == LabelText.key(name) }) else {
        throw Self.refused("已有单位“\(name)”", "there is a unit \"\(name)\" already")
      }
      let item: YAMLText =
        group.map { .pairs([("name", .text(name)), ("groups", .texts([$0]))]) } ?? .text(name)
      try file.append(item, to: ["add"])
    case .drop(let unit): try Self.drop(unit, in: &file, campaign)
    case .restore(let unit): try file.remove(item: unit, from: ["drop"])
    case .aliases(let unit, let names): try Self.setAliases(unit, names, in: &file, campaign)
    case .deadline(let form, let day):
      let isDocument = campaign.dueDocuments.contains { campaign.deadlineName(of: $0) == form }
      let label = isDocument ? form : try Self.form(form, campaign).label
      try file.set(
        ["deadlines", Self.key(for: [label, form], at: ["deadlines"], in: file)],
        to: .plain(day.isEmpty ? "~" : day))
    case .target(let table, let unit, let target):
      guard let label = campaign.targets.first(where: { $0.label == table })?.label else {
        throw Self.refused("没有指标表“\(table)”", "there are no targets \"\(table)\"")
      }
      let known = try Self.unit(unit, campaign)
      let key = Self.key(
        for: [known.name, known.code, Self.reference(known, campaign)], at: ["targets", label], in: file)
      if let target {
        try file.set(["targets", label, key], to: .plain(String(target)))
      } else {
        try file.remove(["targets", label, key])
      }
    case .year(let year): try Self.move(to: year, in: &file, campaign)
    case .wording(let text, let words):
      let path = ["correspondence", text.rawValue]
      if !words.isEmpty {
        try file.set(path, to: .text(words))
      } else if file.keys(at: ["correspondence"]).contains(text.rawValue) {
        try file.remove(path)
      }
    case .resendDays(let days): try file.set(["correspondence", "resendDays"], to: .plain(String(days)))
    }
    return file.text
  }

  // Units.

  private static func rename(_ name: String, to new: String, in file: inout YAMLLines, _ campaign: Campaign)
    throws
  {
    let unit = try unit(name, campaign)
    let new = try named(new)
    guard new != unit.name else { return }
    if let old = file.keys(at: ["rename"]).first(where: { file.texts(at: ["rename", $0]) == [unit.name] }) {
      // The old name again is no change at all.
      if old == new {
        try file.remove(["rename", old])
      } else {
        try file.set(["rename", old], to: .text(new))
      }
    } else if file.names(at: ["add"]).contains(unit.name) {
      try file.rename(item: unit.name, in: ["add"], to: new)
    } else {
      try file.set(["rename", reference(unit, campaign)], to: .text(new))
    }
    // What this file says of the unit under its own name follows.
    if file[["aliases", unit.name]] != nil { try file.rename(["aliases", unit.name], to: new) }
    for label in file.keys(at: ["targets"]) where file[["targets", label, unit.name]] != nil {
      try file.rename(["targets", label, unit.name], to: new)
    }
  }

  /// What this file says of a unit of the campaign below waits for its return; of one that it added nothing is left.
  private static func drop(_ name: String, in file: inout YAMLLines, _ campaign: Campaign) throws {
    let unit = try unit(name, campaign)
    guard file.names(at: ["add"]).contains(unit.name) else {
      return try file.append(.text(reference(unit, campaign)), to: ["drop"])
    }
    for key in Set([unit.name, unit.code]) {
      try file.remove(["aliases", key])
      for label in file.keys(at: ["targets"]) { try file.remove(["targets", label, key]) }
    }
    try file.remove(item: unit.name, from: ["add"])
  }

  private static func setAliases(
    _ name: String, _ names: [String], in file: inout YAMLLines, _ campaign: Campaign
  ) throws {
    let unit = try unit(name, campaign)
    let (path, own) = ownAliases(of: unit, in: file)
    let given = unit.aliases.filter { !own.contains($0) }
    if let missing = given.first(where: { !names.contains($0) }) {
      throw refused(
        "“\(missing)”来自所依据的活动，这里只能添加叫法",
        "\"\(missing)\" comes from the campaign that this one stands on; names can only be added here")
    }
    let added = names.filter { !given.contains($0) }
    if added.isEmpty { try file.remove(path) } else { try file.set(path, to: .texts(added)) }
  }

  /// The names that the file itself gives a unit, and where they stand in it.
  fileprivate static func ownAliases(of unit: ReportingUnit, in file: YAMLLines) -> (
    path: [String], names: [String]
  ) {
    let path = ["aliases", key(for: [unit.name, unit.code], at: ["aliases"], in: file)]
    return (path, file.texts(at: path))
  }

  private static func move(to year: Int, in file: inout YAMLLines, _ campaign: Campaign) throws {
    guard 1949...9999 ~= year else { throw refused("年度应为四位数", "the year has four digits") }
    let step = year - campaign.year
    func moved(_ day: CalendarDate) -> String {
      let text = day.description
      let tail = String(text.dropFirst(4))
      let new = (Int(text.prefix(4)) ?? year) + step
      return CalendarDate(iso: "\(new)\(tail)") != nil ? "\(new)\(tail)" : "\(new)-02-28"
    }
    let stem = campaign.id.split(separator: "-").map(String.init)
    let id =
      stem.last.map { $0.count == 4 && Int($0) != nil } ?? false
      ? stem.dropLast().joined(separator: "-") : campaign.id
    try file.set(["id"], to: .text("\(id)-\(year)"))
    try file.set(["year"], to: .plain(String(year)))
    for form in campaign.forms {
      try file.set(
        ["deadlines", key(for: [form.label, form.id], at: ["deadlines"], in: file)],
        to: .plain(moved(form.deadline)))
    }
    // What comes with a form moves with it; a document with a day of its own would no longer be asked for.
    for document in campaign.dueDocuments where document.hasOwnDeadline {
      let name = campaign.deadlineName(of: document)
      try file.set(
        ["deadlines", key(for: [name], at: ["deadlines"], in: file)],
        to: .plain(moved(document.deadline)))
    }
  }

  // What is meant.

  private static func unit(_ name: String, _ campaign: Campaign) throws -> ReportingUnit {
    guard
      let unit = campaign.units.first(where: { $0.code == name })
        ?? campaign.units.first(where: { $0.name == name })
    else { throw refused("没有单位“\(name)”", "there is no unit \"\(name)\"") }
    return unit
  }

  /// How a campaign file names a unit: by its name, or by its code where several have that name.
  private static func reference(_ unit: ReportingUnit, _ campaign: Campaign) -> String {
    campaign.units.count { LabelText.key($0.name) == LabelText.key(unit.name) } == 1 ? unit.name : unit.code
  }

  private static func form(_ name: String, _ campaign: Campaign) throws -> FormDefinition {
    guard let form = campaign.forms.first(where: { $0.label == name || $0.id == name }) else {
      throw refused("没有“\(name)”表", "there is no form \"\(name)\"")
    }
    return form
  }

  private static func named(_ text: String) throws -> String {
    let name = LearnText.printed(text)
    guard !name.isEmpty else { throw refused("单位名称不能为空", "a unit needs a name") }
    guard name.count <= 60 else { throw refused("单位名称太长", "the unit's name is too long") }
    return name
  }

  /// The key that the file has already, spelt as it may be.
  private static func key(for names: [String], at path: [String], in file: YAMLLines) -> String {
    let keys = file.keys(at: path)
    return keys.first(where: names.contains)
      ?? keys.first { key in names.contains { LabelText.key($0) == LabelText.key(key) } } ?? names[0]
  }

  private static func refused(_ chinese: String, _ english: String) -> FormsError {
    FormsError(.campaign, LocalizedText(zh: chinese, en: english))
  }
}

extension CampaignChange {
  /// What a campaign file changes about the units, for people to see and take back.
  public struct UnitNotes: Sendable {
    /// The former name of a unit that was renamed.
    public var former: [String: String] = [:]
    public var dropped: [String] = []
    public var added: Set<String> = []
    private let file: YAMLLines?

    /// The other names of a unit that come from what the file stands on: they cannot be taken away in it.
    public func givenAliases(of unit: ReportingUnit) -> [String] {
      guard let file else { return [] }
      let own = Set(CampaignChange.ownAliases(of: unit, in: file).names)
      return unit.aliases.filter { !own.contains($0) }
    }

    public init(_ text: String) {
      file = try? YAMLLines(text, file: WorkingFolder.campaignFile)
      guard let file else { return }
      for old in file.keys(at: ["rename"]) {
        if let new = file.texts(at: ["rename", old]).first { former[new] = old }
      }
      dropped = file.texts(at: ["drop"])
      added = Set(file.names(at: ["add"]))
    }
  }
}
