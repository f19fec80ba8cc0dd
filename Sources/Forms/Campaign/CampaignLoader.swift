import Foundation
import XLSX

/// Builds a ``Campaign`` from its files.
///
/// A campaign may stand on another one (`extends:`). What is one thing is then replaced (`title:`, `year:`, `units:`,
/// `forms:`); what is a list of settings by name is taken over and changed entry by entry (`deadlines:`, `aliases:`,
/// `rules:`, `targets:`, `naming:`).
struct CampaignLoader {
  /// One campaign file, with where its other files are.
  struct Layer {
    var source: CampaignSource
    var map: YAMLMapping
  }

  /// The files from the one all others stand on to the one that was named.
  let layers: [Layer]
  var units: [ReportingUnit] = []
  var outsideUnits: [String] = []
  var unitScopes = NameRegister()
  /// What campaigns above the list of units changed about it.
  var unitChanges = UnitChanges()
  var groups: [UnitGroup] = []
  var year = 0

  static let keys = [
    "extends", "id", "title", "office", "year", "groups", "units", "outsideUnits", "aliases", "naming",
    "words",
    "measures", "headLines", "layout", "forms", "deadlines", "targets", "rules", "workbook",
    "correspondence", "officeContact", "contacts", "documents", "checks", "english", "rename", "add", "drop",
  ]
  private static let maximumLayers = 8

  /// The campaign's file and those that it stands on, the lowest first.
  static func layers(from source: CampaignSource) throws -> [Layer] {
    var layers: [Layer] = []
    var next: CampaignSource? = source
    while let source = next {
      let root = try source.read(source.mainFile)
      layers.insert(Layer(source: source, map: try root.mapping(keys: keys)), at: 0)
      guard layers.count <= maximumLayers else {
        throw root.error(zh: "extends 引用层数过多或循环引用", en: "extends goes in a circle, or too deep")
      }
      next = try layers[0].map["extends"].map { try source.base($0) }
    }
    return layers
  }

  static func load(from source: CampaignSource) throws -> Campaign {
    let layers = try Self.layers(from: source)
    var loader = CampaignLoader(layers: layers)
    var campaign = try loader.campaign()
    let contents = layers.flatMap(\.source.trace.contents).joined(separator: "\n")
    // Where OpenSSL is set up to refuse, the text stands for itself: no two campaigns may count as one.
    let digest = try? MessageDigest(.sha256).hash(Array(contents.utf8))
    campaign.fingerprint = (digest.map { Array($0.prefix(8)) } ?? Array(contents.utf8)).hexadecimal
    for layer in layers {
      campaign.files += layer.source.trace.paths
      // The blank forms that stand beside it belong to it.
      if case .folder(let folder) = layer.source.place {
        campaign.files.append(folder.appendingPathComponent(WorkingFolder.blanks).path)
      }
    }
    return campaign
  }

  private init(layers: [Layer]) { self.layers = layers }

  private mutating func campaign() throws -> Campaign {
    let id = try identifier(required("id"))
    let title = try required("title").string()
    let office = try required("office").string()
    year = try required("year").int(in: 1949...9999)
    try readUnits()
    let (forms, places) = try readForms()
    let targets = try readTargets(forms: forms)
    var campaign = Campaign(
      id: id, title: Self.filled(title, year: year), office: office, year: year, units: units, forms: forms,
      targets: targets, outsideUnits: outsideUnits, naming: try readNaming(), groups: groups,
      workbook: try readWorkbook(forms: forms, targets: targets),
      correspondence: try readCorrespondence(forms: forms), documents: try readDocuments(),
      words: try readWords())
    campaign.officeContact = try readOfficeContact()
    campaign.dueDocuments = try readDueDocuments(forms: forms)
    campaign.contacts = try readContacts()
    campaign.checks = try readChecks(forms: forms, places: places)
    _ = try CheckSet(campaign)
    campaign.blanks = try readBlanks(forms: forms, places: places)
    campaign.englishNames = try readEnglishNames(of: campaign)
    return campaign
  }

  // What the layers say.

  /// The uppermost layer's word on a key.
  func value(_ key: String) -> (node: YAMLNode, layer: Layer)? {
    for layer in layers.reversed() {
      if let node = layer.map[key] { return (node, layer) }
    }
    return nil
  }

  func required(_ key: String) throws -> YAMLNode {
    if let value = value(key) { return value.node }
    guard let top = layers.last else {
      throw FormsError(.campaign, LocalizedText(zh: "没有活动文件", en: "no campaign file"))
    }
    return try top.map.required(key)
  }

  /// Every layer's word on a key, the lowest first.
  func values(_ key: String) -> [YAMLNode] { layers.compactMap { $0.map[key] } }

  /// `jiaozuo-2024`: what file names, defined names and command lines can carry.
  func identifier(_ node: YAMLNode) throws -> String {
    let text = try node.string()
    let letters = Set("abcdefghijklmnopqrstuvwxyz")
    guard let first = text.first, letters.contains(first),
      text.allSatisfy({ letters.contains($0) || "0123456789-".contains($0) })
    else {
      throw node.error(
        zh: "编号“\(text)”只能用小写字母、数字和连字符，并以字母开头",
        en: "the id \"\(text)\" may hold small letters, digits and hyphens only, and begins with a letter")
    }
    return text
  }

  /// Titles carry the year as `{year}`, aliases of last year's forms `{lastYear}`.
  static func filled(_ text: String, year: Int) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    return text.replacingOccurrences(of: "{year}", with: String(year))
      .replacingOccurrences(of: "{lastYear}", with: String(year - 1))
  }
}
