/// Last year's campaign, of which next year's keeps what stayed.
public struct LearnBase {
  let campaign: Campaign
  let layers: [CampaignLoader.Layer]

  /// - Throws: ``FormsError``, as ``Campaign/load(_:workingDirectory:)``.
  public init(_ campaign: Campaign, source: CampaignReference) throws {
    self.campaign = campaign
    layers = try CampaignLoader.layers(from: source.source)
  }

  var reportingUnits: [ReportingUnit] {
    campaign.units.filter { !campaign.outsideUnits.contains($0.code) && $0.parent == nil }
  }

  /// `jiaozuo-2025` of `jiaozuo-2024`.
  func id(for year: Int) -> String {
    let parts = campaign.id.split(separator: "-")
    let stem =
      parts.count > 1 && parts.last?.count == 4 && parts.last.flatMap({ Int($0) }) != nil
      ? parts.dropLast().joined(separator: "-") : campaign.id
    return "\(stem)-\(year)"
  }

  /// The form that was this one: of the same title but for the year, or of the same label with much of the title.
  func form(like form: LearnedForm) -> FormDefinition? {
    let title = Self.withoutYears(form.title)
    return campaign.forms.first { known in
      ([known.title] + known.titleAliases).contains { Self.withoutYears($0) == title }
    }
      ?? campaign.forms.first { known in
        LearnText.labelKey(known.label) == LearnText.labelKey(form.label)
          && LearnText.common(known.title, form.title) * 2 >= LabelText.key(form.title).count
      }
  }

  static func withoutYears(_ title: String) -> String {
    var plain = LearnText.plain(title)
    for year in NoticeReader.years(plain) { plain = plain.replacing("\(year)年", with: "") }
    return LabelText.key(plain)
  }

  /// The unit that was this one: of its name, or of one of its other names.
  func unit(like name: String) -> ReportingUnit? {
    let key = LabelText.key(name)
    return campaign.units.first { LabelText.key($0.name) == key }
      ?? campaign.units.first { unit in unit.aliases.contains { LabelText.key($0) == key } }
  }

  /// The uppermost layer's word on a key, as it stands there.
  func value(_ key: String) -> YAMLNode? {
    layers.reversed().lazy.compactMap { $0.map[key] }.first
  }

  /// The words of all layers on a key that holds settings by name, later ones replacing earlier ones.
  func merged(_ key: String) -> YAMLText? {
    var entries: [YAMLPair] = []
    for layer in layers {
      guard let node = layer.map[key], let map = try? node.mapping() else { continue }
      for (name, value) in map.pairs {
        if let index = entries.firstIndex(where: { $0.key == name }) {
          entries[index].value = YAMLText(value)
        } else {
          entries.append((name, YAMLText(value)))
        }
      }
    }
    return entries.isEmpty ? nil : .pairs(entries)
  }

  /// A form's own file, with the rule parameters that campaigns above changed.
  func node(of form: FormDefinition) -> YAMLMapping? {
    for layer in layers.reversed() {
      guard let list = try? layer.map["forms"]?.list() else { continue }
      for item in list {
        guard let node = item.isMapping ? item : try? layer.source.read(item.string(), namedBy: item),
          let map = try? node.mapping(), (try? map["id"]?.string()) == form.id
        else { continue }
        return map
      }
    }
    return nil
  }

  /// Changes to a form's rules that stand in `rules:` of the campaign's files.
  func ruleChanges(of form: FormDefinition) -> [YAMLPair] {
    layers.flatMap { layer -> [YAMLPair] in
      guard let map = try? layer.map["rules"]?.mapping() else { return [] }
      return map.pairs.filter { LabelText.key($0.key) == LabelText.key(form.label) || $0.key == form.id }
        .flatMap { pair in (try? pair.value.mapping())?.pairs.map { ($0.key, YAMLText($0.value)) } ?? [] }
    }
  }
}

/// Where a campaign was found.
public struct CampaignReference {
  let source: CampaignSource
}

/// Something that is not as it was last year.
public struct LearnChange: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case unitAdded = "unit-added"
    case unitGone = "unit-gone"
    case unitRenamed = "unit-renamed"
    case target
    case deadline
    case fieldAdded = "field-added"
    case fieldGone = "field-gone"
    case formAdded = "form-added"
    case formGone = "form-gone"
  }

  public var kind: Kind
  public var name: String
  public var old: String?
  public var new: String?
}
