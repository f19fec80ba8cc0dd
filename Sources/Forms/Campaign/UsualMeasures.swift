/// The measures that everybody knows, 元 and 万元 and 人次 among them, and their multiples: `Templates/measures.yaml`.
enum UsualMeasures {
  private static let words: Words = YAMLReader.builtin("measures.yaml", Words.init) ?? Words()

  /// What a campaign's `measures:` says of each, by its name.
  static var settings: [String: YAMLNode] { words.settings }

  /// A measure by its name, as it is written or as it is compared (m2 for ㎡), or a multiple of one: 万册次 is 10,000 册次.
  static func measure(named text: String) -> Measure? {
    let plain = words.plain(text)
    if let name = words.names[plain] { return words.measures[name] }
    for (word, factor) in words.multiples where plain.hasPrefix(word) {
      guard let one = words.names[String(plain.dropFirst(word.count))].flatMap({ words.measures[$0] }),
        one.scale <= greatestScale / factor
      else { continue }
      // What is counted in whole ones is told to the last of them in thousands.
      return Measure(
        unit: text, scale: factor * one.scale, baseUnit: one.baseUnit,
        decimals: min(mostDecimals, one.decimals + String(factor).count - 1))
    }
    return nil
  }

  /// The greatest scale that a campaign may have.
  private static let greatestScale = 1_000_000_000
  private static let mostDecimals = 10

  private struct Words {
    var settings: [String: YAMLNode] = [:]
    var measures: [String: Measure] = [:]
    /// The names by what they are compared by.
    var names: [String: String] = [:]
    /// 千, 万 and 亿 in front of any measure.
    var multiples: [(word: String, factor: Int)] = []

    init() {}

    init(_ root: YAMLNode) throws {
      let map = try root.mapping(keys: ["multiples", "measures"])
      for (word, node) in try map["multiples"]?.mapping().pairs ?? [] {
        multiples.append((word, try node.int()))
      }
      for (name, node) in try map["measures"]?.mapping().pairs ?? [] {
        let own = try node.mapping(keys: ["scale", "baseUnit", "decimals", "unitAliases"])
        settings[name] = node
        measures[name] = Measure(
          unit: name, scale: try own["scale"]?.int() ?? 1, baseUnit: try own["baseUnit"]?.string(),
          decimals: try own["decimals"]?.int() ?? 0, unitAliases: try own["unitAliases"]?.strings() ?? [])
        names[plain(name)] = name
      }
    }

    func plain(_ text: String) -> String { String(TextFolding.scalars(of: text).filter { $0 != " " }) }
  }
}
